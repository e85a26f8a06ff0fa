package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Copy of the project as it was built, with a launcher that nobody else starts. */
final class LauncherProject {

    static final String BUILT = "dagwasm-cli/target/dagwasm";

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final String DEMO = "examples/demos/04-wasm-integration.dagwasm.yaml";
    private static final String EXPECTED = "   Output: \"🦀 Rust + WASM: hello world-wasm ✨\"";

    private final Path folder;
    private final Path loaded;
    private Path root;
    private Path state;

    /** What a run said. */
    record Said(int code, String out, String err) {}

    /**
     * Copies the project.
     *
     * @param folder an empty folder for the copy and what belongs to it
     */
    LauncherProject(Path folder) throws IOException {
        this.folder = folder;
        root = folder.resolve("project");
        state = folder.resolve("state");
        loaded = folder.resolve("loaded.txt");
        copy(Path.of("dagwasm"));
        copy(Path.of(DEMO));
        copy(Path.of("wasm_modules/hello_world.wasm"));
        for (String module : List.of("camel-dagwasm-component", "dagwasm-cli")) {
            Files.createDirectories(root.resolve(module + "/src/main"));
            copy(Path.of(module, "pom.xml"));
        }
        copy(Path.of("pom.xml"));
        try (Stream<Path> jars = Files.walk(ROOT.resolve(BUILT), 2)) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                copy(ROOT.relativize(jar));
            }
        }
        FileTime before = FileTime.from(Instant.now().minusSeconds(60));
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, before);
            }
        }
    }

    private void copy(Path file) throws IOException {
        Path target = root.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(ROOT.resolve(file), target, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** The copy's own folder. */
    Path root() {
        return root;
    }

    /** Gives the project another path. */
    void moveTo(String name) throws IOException {
        root = Files.move(root, folder.resolve(name));
    }

    /** Where the launcher keeps code. */
    Path code() {
        return root.resolve(BUILT + "/start/code");
    }

    /** Where the user of the launcher keeps state. */
    Path state() {
        return state;
    }

    void stateIs(Path place) {
        state = place;
    }

    /** Runs the demo. */
    Said run(String... options) throws Exception {
        return run(List.of("run", DEMO, "Hello World"), options);
    }

    Said run(List<String> arguments, String... options) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Files.deleteIfExists(loaded);
        List<String> command = new ArrayList<>(List.of(root.resolve("dagwasm").toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(root.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        List<String> all = new ArrayList<>(List.of("-Xlog:class+load:file=" + loaded));
        all.addAll(Arrays.asList(options));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DAGWASM_JAVA_OPTS", String.join(" ", all));
        builder.environment().put("XDG_STATE_HOME", state.toString());
        int code = builder.start().waitFor();
        return new Said(
                code,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    static void requireGood(Said said) {
        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out()).startsWith("📋 Configuration: " + DEMO + "\n").contains(EXPECTED);
    }

    /** The classes that the last run loaded, each with its source. */
    List<String> loaded() throws IOException {
        return Files.readAllLines(loaded);
    }

    /** Whether the last run compiled a module. */
    boolean compiled() throws IOException {
        return loaded().stream()
                .anyMatch(line -> line.contains("com.dylibso.chicory.compiler.internal.Compiler "));
    }
}
