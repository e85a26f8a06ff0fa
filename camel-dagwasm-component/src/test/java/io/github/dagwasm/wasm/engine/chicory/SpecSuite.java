package io.github.dagwasm.wasm.engine.chicory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The WebAssembly test suite: a tar.gz with one folder for each file of the suite. A folder holds
 * {@code NAME.json}, the commands, and the binary modules that the commands name.
 */
final class SpecSuite {

    private static final int BLOCK = 512;
    private static final int NAME_BYTES = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE_BYTES = 12;
    private static final int TYPE_AT = 156;
    private static final int OCTAL = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private SpecSuite() {}

    /** Reads all scripts, in the order of their names. */
    static List<SpecScript> read(Path archive) throws IOException {
        Map<String, Map<String, byte[]>> folders = new TreeMap<>();
        try (InputStream in =
                new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive)))) {
            for (byte[] header = in.readNBytes(BLOCK);
                    header.length == BLOCK && header[0] != 0;
                    header = in.readNBytes(BLOCK)) {
                String[] path = text(header, 0, NAME_BYTES).split("/");
                byte[] content = content(in, header);
                if (header[TYPE_AT] == '0') {
                    folders.computeIfAbsent(path[path.length - 2], folder -> new TreeMap<>())
                            .put(path[path.length - 1], content);
                } else if (header[TYPE_AT] != '5') {
                    throw new IOException("neither a file nor a folder: " + String.join("/", path));
                }
            }
        }
        List<SpecScript> scripts = new ArrayList<>();
        for (Map.Entry<String, Map<String, byte[]>> folder : folders.entrySet()) {
            scripts.add(script(folder.getKey(), folder.getValue()));
        }
        return scripts;
    }

    private static SpecScript script(String name, Map<String, byte[]> files) throws IOException {
        List<SpecCommand> commands = new ArrayList<>();
        for (JsonNode command : JSON.readTree(files.get(name + ".json")).path("commands")) {
            commands.add(new SpecCommand(command));
        }
        return new SpecScript(name, commands, files);
    }

    private static byte[] content(InputStream in, byte[] header) throws IOException {
        int size = Integer.parseInt(text(header, SIZE_AT, SIZE_BYTES).strip(), OCTAL);
        byte[] content = in.readNBytes(size);
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        return content;
    }

    private static String text(byte[] header, int at, int length) {
        int end = at;
        while (end < at + length && header[end] != 0) {
            end++;
        }
        return new String(header, at, end - at, StandardCharsets.UTF_8);
    }
}
