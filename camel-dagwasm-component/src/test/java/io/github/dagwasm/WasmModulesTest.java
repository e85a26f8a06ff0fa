package io.github.dagwasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the committed guest modules to their digests and their table. */
class WasmModulesTest {

    private static final Path FOLDER = folder();

    @Test
    void everyModuleIsListedWithItsDigestAndNoOtherIs() throws Exception {
        Map<String, String> listed = new TreeMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("SHA256SUMS"))) {
            assertThat(line).matches("[0-9a-f]{64}  \\S+\\.wasm");
            listed.put(line.substring(66), line.substring(0, 64));
        }
        Map<String, String> found = new TreeMap<>();
        for (Path module : modules()) {
            found.put(name(module), digest(module));
        }

        assertThat(listed).isEqualTo(found).isNotEmpty();
    }

    @Test
    void theReadmeTellsEveryModulesSizeAndDigest() throws Exception {
        Map<String, String> told = new TreeMap<>();
        for (Row row : rows()) {
            told.put(row.module, row.bytes + " " + row.sha256);
        }
        Map<String, String> found = new TreeMap<>();
        for (Path module : modules()) {
            found.put(name(module), Files.size(module) + " " + digest(module));
        }

        assertThat(told).isEqualTo(found);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyModuleSpeaksTheConventionOfItsRowAndIsSetBackAfterEachMessage(Row row)
            throws Exception {
        var module = new ChicoryEngine().load(Files.readAllBytes(FOLDER.resolve(row.module)));

        assertThat(AbiDetector.detect(module, AbiOptions.NONE).name()).isEqualTo(row.abi);
        assertThat(module.freshBecause()).isEmpty();
    }

    @Test
    void helloWorldHasTheInterfaceOfItsDocument() throws Exception {
        WasmModule module = Parser.parse(Files.readAllBytes(FOLDER.resolve("hello_world.wasm")));

        Map<String, FunctionType> functions = functions(module);

        assertThat(functions)
                .containsOnly(
                        Map.entry("process", type(1, 1)),
                        Map.entry("allocate", type(1, 1)),
                        Map.entry("deallocate", type(2, 0)));
        assertThat(module.importSection().importCount()).isZero();
        assertThat(module.memorySection().orElseThrow().getMemory(0).limits().initialPages())
                .isEqualTo(2);
    }

    private static Map<String, FunctionType> functions(WasmModule module) {
        Map<String, FunctionType> functions = new TreeMap<>();
        for (int at = 0; at < module.exportSection().exportCount(); at++) {
            Export export = module.exportSection().getExport(at);
            if (export.exportType() == ExternalType.FUNCTION) {
                functions.put(
                        export.name(),
                        module.functionSection()
                                .getFunctionType(export.index(), module.typeSection()));
            }
        }
        return functions;
    }

    private static FunctionType type(int parameters, int results) {
        return FunctionType.of(i32(parameters), i32(results));
    }

    private static List<ValType> i32(int count) {
        return IntStream.range(0, count).mapToObj(at -> ValType.I32).toList();
    }

    /** What the table of the README says of a module. */
    private record Row(String module, String abi, long bytes, String sha256) {

        private static final Pattern LINE =
                Pattern.compile(
                        "\\| `(\\S+\\.wasm)` \\|[^|]*\\| `(\\S+)` \\| (\\d+) \\| `(\\S+)` \\|.*");

        static Optional<Row> of(String line) {
            Matcher row = LINE.matcher(line);
            return row.matches()
                    ? Optional.of(
                            new Row(
                                    row.group(1),
                                    row.group(2),
                                    Long.parseLong(row.group(3)),
                                    row.group(4)))
                    : Optional.empty();
        }
    }

    static List<Row> rows() throws IOException {
        return Files.readAllLines(FOLDER.resolve("README.md")).stream()
                .flatMap(line -> Row.of(line).stream())
                .toList();
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> name(file).endsWith(".wasm")).sorted().toList();
        }
    }

    private static String name(Path module) {
        return module.getFileName().toString();
    }

    private static String digest(Path file) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return HexFormat.of().formatHex(digest);
    }

    private static Path folder() {
        Path at = Path.of(System.getProperty("user.dir"));
        while (!Files.isDirectory(at.resolve("wasm_modules"))) {
            at = at.getParent();
            assertThat(at).as("a parent of user.dir with wasm_modules").isNotNull();
        }
        return at.resolve("wasm_modules");
    }
}
