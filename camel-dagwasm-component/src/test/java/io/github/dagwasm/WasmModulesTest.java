package io.github.dagwasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the committed guest modules to their digests, their table and their sources. */
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
        String readme = Files.readString(FOLDER.resolve("README.md"));

        for (Path module : modules()) {
            String row =
                    "| `"
                            + name(module)
                            + "` |.*| "
                            + Files.size(module)
                            + " | `"
                            + digest(module)
                            + "` |.*";

            assertThat(readme.lines()).anyMatch(line -> line.matches(row.replace("|", "\\|")));
        }
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

    @Test
    void everyModuleIsWhatItsSourceGives() throws Exception {
        assumeTrue(
                debianToolchain(),
                "skipped: rebuilding needs Debian 12's rustc 1.63.0, cargo and"
                        + " libstd-rust-dev-wasm32; see wasm_modules/README.md");

        Process build =
                new ProcessBuilder(FOLDER.resolve("build.sh").toString(), "--check")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(said).isEqualTo("every module is what its source gives\n");
        assertThat(build.waitFor()).isZero();
    }

    private static boolean debianToolchain() throws IOException, InterruptedException {
        boolean there =
                Stream.of(
                                "/usr/bin/cargo",
                                "/usr/bin/rustc",
                                "/usr/bin/rust-lld",
                                "/usr/bin/dpkg-query",
                                "/usr/lib/rustlib/wasm32-unknown-unknown/lib")
                        .map(Path::of)
                        .allMatch(Files::exists);
        if (!there) {
            return false;
        }
        Process rustc = new ProcessBuilder("/usr/bin/rustc", "--version").start();
        String version = new String(rustc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return rustc.waitFor() == 0 && version.equals("rustc 1.63.0\n");
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

    private static List<Path> modules() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> name(file).endsWith(".wasm"))
                    .filter(file -> !name(file).contains("target/"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path module) {
        return FOLDER.relativize(module).toString().replace('\\', '/');
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
