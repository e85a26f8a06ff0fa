package io.github.dagwasm.wasm.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.dagwasm.failure.ModuleRefusedException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first eight bytes of a module, and what else a file may turn out to be. */
final class BinaryHeader {

    static final int LENGTH = 8;

    private static final byte[] MAGIC = {0, 'a', 's', 'm'};
    private static final byte[] VERSION_1 = {1, 0, 0, 0};

    /** The component model writes its layer into the upper half of the version. */
    private static final int LAYER_BYTE = 6;

    private static final List<String> WASM_TEXT = List.of("(mod", "(comp", "(;", ";;");
    private static final int WASM_TEXT_BYTES = 8;

    private static final Map<String, byte[]> OTHER_FORMATS = new LinkedHashMap<>();

    static {
        OTHER_FORMATS.put("a gzip file", new byte[] {0x1f, (byte) 0x8b});
        OTHER_FORMATS.put("a zip or jar file", new byte[] {'P', 'K', 3, 4});
        OTHER_FORMATS.put("an ELF binary", new byte[] {0x7f, 'E', 'L', 'F'});
        OTHER_FORMATS.put("a Java class", new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba});
        OTHER_FORMATS.put("a Git LFS pointer", new byte[] {'v', 'e', 'r', 's', 'i', 'o', 'n', ' '});
    }

    private BinaryHeader() {}

    static void check(byte[] wasm) {
        if (wasm.length == 0) {
            throw new ModuleRefusedException("it is empty");
        }
        if (!isWasm(wasm)) {
            throw new ModuleRefusedException(
                    "it is not a WebAssembly binary: it looks like " + looksLike(wasm));
        }
        if (wasm.length < LENGTH) {
            throw new ModuleRefusedException(
                    "it is truncated: the header has 8 bytes, and the file " + wasm.length);
        }
        if (wasm[LAYER_BYTE] == 1 && wasm[LAYER_BYTE + 1] == 0) {
            throw new ModuleRefusedException(
                    "it is a WebAssembly component; only core modules are supported (what it is"
                            + " made of can be taken out with `wasm-tools component unbundle`)");
        }
        if (!Arrays.equals(wasm, MAGIC.length, LENGTH, VERSION_1, 0, VERSION_1.length)) {
            throw new ModuleRefusedException(
                    "its version is "
                            + HexFormat.ofDelimiter(" ").formatHex(wasm, MAGIC.length, LENGTH)
                            + "; supported is 01 00 00 00");
        }
    }

    /** Whether the first bytes are those of modules and components. */
    static boolean isWasm(byte[] beginning) {
        return startsWith(beginning, MAGIC);
    }

    private static String looksLike(byte[] bytes) {
        if (isWasmText(bytes)) {
            return "WebAssembly text: compile it first";
        }
        for (Map.Entry<String, byte[]> format : OTHER_FORMATS.entrySet()) {
            if (startsWith(bytes, format.getValue())) {
                return format.getKey();
            }
        }
        int shown = Math.min(bytes.length, LENGTH);
        for (int i = 0; i < shown; i++) {
            boolean text = (bytes[i] >= ' ' && bytes[i] < 0x7f) || bytes[i] == '\n';
            if (!text) {
                return "a binary that begins with "
                        + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, shown);
            }
        }
        return "text";
    }

    /** Text that begins with a module, a component or a comment, after blanks if need be. */
    private static boolean isWasmText(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && " \t\r\n".indexOf(bytes[at]) >= 0) {
            at++;
        }
        String beginning =
                new String(bytes, at, Math.min(bytes.length - at, WASM_TEXT_BYTES), ISO_8859_1);
        return WASM_TEXT.stream().anyMatch(beginning::startsWith);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length
                && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }
}
