package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A compiler of Debian 12, or of npm, that makes a module of one source if it is installed.
 *
 * @param language what it compiles
 * @param packages what to install
 * @param files what is there if they are installed
 * @param command the command line, in which MODULE and SOURCE stand for paths
 */
record GuestCompiler(String language, String packages, List<String> files, List<String> command) {

    private static final String ASC =
            Path.of("../wasm_modules/node_modules/assemblyscript/bin/asc.js")
                    .toAbsolutePath()
                    .normalize()
                    .toString();

    static final GuestCompiler GO =
            new GuestCompiler(
                    "Go",
                    "golang-1.23-go and golang-1.23-src of bookworm-backports",
                    List.of("/usr/lib/go-1.23/bin/go", "/usr/share/go-1.23/src/encoding/json"),
                    List.of(
                            "/usr/lib/go-1.23/bin/go",
                            "build",
                            "-trimpath",
                            "-o",
                            "MODULE",
                            "SOURCE"));

    static final GuestCompiler RUST =
            new GuestCompiler(
                    "Rust",
                    "rustc, libstd-rust-dev-wasm32 and lld",
                    List.of("/usr/bin/rustc", "/usr/bin/wasm-ld", "/usr/lib/rustlib/wasm32-wasi"),
                    List.of(
                            "/usr/bin/rustc",
                            "--edition=2021",
                            "-Copt-level=s",
                            "-o",
                            "MODULE",
                            "SOURCE"));

    static final GuestCompiler C =
            new GuestCompiler(
                    "C",
                    "clang, lld, wasi-libc and libclang-rt-14-dev-wasm32",
                    List.of("/usr/bin/clang", "/usr/bin/wasm-ld", "/usr/lib/wasm32-wasi/libc.a"),
                    List.of(
                            "/usr/bin/clang",
                            "--target=wasm32-wasi",
                            "-O2",
                            "-o",
                            "MODULE",
                            "SOURCE"));

    static final GuestCompiler CXX =
            new GuestCompiler(
                    "C++",
                    "clang, lld, wasi-libc, libclang-rt-14-dev-wasm32, libc++-14-dev-wasm32 and"
                            + " libc++abi-14-dev-wasm32",
                    List.of(
                            "/usr/bin/clang++",
                            "/usr/bin/wasm-ld",
                            "/usr/lib/wasm32-wasi/libc++.a",
                            "/usr/lib/wasm32-wasi/libc++abi.a"),
                    List.of(
                            "/usr/bin/clang++",
                            "--target=wasm32-wasi",
                            "-std=c++17",
                            "-fno-exceptions",
                            "-O2",
                            "-o",
                            "MODULE",
                            "SOURCE"));

    static final GuestCompiler ASSEMBLYSCRIPT =
            new GuestCompiler(
                    "AssemblyScript",
                    "Node.js, and AssemblyScript as wasm_modules/build.sh installs it",
                    List.of("/usr/bin/node", ASC),
                    List.of("/usr/bin/node", ASC, "SOURCE", "--outFile", "MODULE", "-O"));

    private static final Path SOURCES = Path.of("src/test/resources/programs");
    private static final int MOST_MINUTES = 5;

    /** Why it cannot be used; empty if it is installed. */
    Optional<String> missing() {
        return files.stream()
                .filter(file -> !Files.exists(Path.of(file)))
                .findFirst()
                .map(
                        file ->
                                "no compiler of "
                                        + language
                                        + ", for want of "
                                        + file
                                        + "; install "
                                        + packages);
    }

    /**
     * Compiles a source.
     *
     * @param source its name among the sample programs
     * @param flags beside the usual ones
     * @param folder where the module goes, and what compilers leave behind
     * @return the module
     */
    Path compile(String source, List<String> flags, Path folder)
            throws IOException, InterruptedException {
        Path copy = folder.resolve(source);
        Files.copy(SOURCES.resolve(source), copy);
        Path module = folder.resolve(source.replace('.', '_') + ".wasm");
        Path said = folder.resolve("said.txt");
        List<String> words = new ArrayList<>();
        for (String word : command) {
            words.add(
                    switch (word) {
                        case "SOURCE" -> source;
                        case "MODULE" -> module.toString();
                        default -> word;
                    });
        }
        words.addAll(flags);
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        // Of the user's settings none may change what comes out.
        builder.environment().clear();
        builder.environment().putAll(environment(folder));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(MOST_MINUTES, TimeUnit.MINUTES))
                    .as("%s is compiled within %d minutes", source, MOST_MINUTES)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(said, UTF_8)).isZero();
        return module;
    }

    private static Map<String, String> environment(Path folder) {
        Path home = folder.getParent();
        return Map.of(
                "PATH", "/usr/bin:/bin",
                "LC_ALL", "C",
                "HOME", home.toString(),
                "GOCACHE", home.resolve("go-cache").toString(),
                "GOTOOLCHAIN", "local",
                "GOOS", "wasip1",
                "GOARCH", "wasm");
    }
}
