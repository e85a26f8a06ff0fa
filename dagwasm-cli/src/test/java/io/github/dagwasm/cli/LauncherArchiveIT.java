package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher's archive of classes shortens a start and is never missed, in a project of its own.
 */
class LauncherArchiveIT {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final String BUILT = "dagwasm-cli/target/dagwasm";
    private static final String DEMO = "examples/demos/04-wasm-integration.dagwasm.yaml";
    private static final String EXPECTED = "   Output: \"🦀 Rust + WASM: hello world-wasm ✨\"";

    @TempDir Path folder;

    private Path project;
    private Path loaded;

    @BeforeEach
    void copyWhatWasBuilt() throws IOException {
        project = folder.resolve("project");
        loaded = folder.resolve("loaded.txt");
        copy(Path.of("dagwasm"));
        copy(Path.of(DEMO));
        copy(Path.of("wasm_modules/hello_world.wasm"));
        for (String module : List.of("camel-dagwasm-component", "dagwasm-cli")) {
            Files.createDirectories(project.resolve(module + "/src/main"));
            copy(Path.of(module, "pom.xml"));
        }
        copy(Path.of("pom.xml"));
        try (Stream<Path> jars = Files.walk(ROOT.resolve(BUILT), 2)) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                copy(ROOT.relativize(jar));
            }
        }
        FileTime before = FileTime.from(Instant.now().minusSeconds(60));
        try (Stream<Path> files = Files.walk(project)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, before);
            }
        }
    }

    private void copy(Path file) throws IOException {
        Path target = project.resolve(file);
        Files.createDirectories(target.getParent());
        Files.copy(ROOT.resolve(file), target, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private record Said(int code, String out, String err) {}

    private Said run(String... options) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Files.deleteIfExists(loaded);
        ProcessBuilder builder =
                new ProcessBuilder(
                                project.resolve("dagwasm").toString(), "run", DEMO, "Hello World")
                        .directory(project.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        List<String> all = new ArrayList<>(List.of("-Xlog:class+load:file=" + loaded));
        all.addAll(Arrays.asList(options));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DAGWASM_JAVA_OPTS", String.join(" ", all));
        int code = builder.start().waitFor();
        return new Said(
                code,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private void requireGood(Said said) {
        assertThat(said.err()).isEmpty();
        assertThat(said.code()).isZero();
        assertThat(said.out()).startsWith("📋 Configuration: " + DEMO + "\n").contains(EXPECTED);
    }

    private boolean isFromTheArchive(String type) throws IOException {
        return Files.readAllLines(loaded).stream()
                .filter(line -> line.contains(type + " "))
                .allMatch(line -> line.contains("shared objects file"));
    }

    private Path archive() throws IOException {
        try (Stream<Path> files = Files.list(project.resolve(BUILT + "/start"))) {
            return files.filter(file -> file.toString().endsWith(".classes"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theFirstRunMakesTheArchiveAndKeepsTheModule() throws Exception {
        requireGood(run());

        assertThat(isFromTheArchive("io.github.dagwasm.cli.Dagwasm")).isTrue();
        assertThat(Files.readAllLines(loaded))
                .noneMatch(
                        line -> line.contains("com.dylibso.chicory.compiler.internal.Compiler "));
        FileTime made = Files.getLastModifiedTime(archive());
        requireGood(run());
        assertThat(Files.getLastModifiedTime(archive())).isEqualTo(made);
    }

    @Test
    void anArchiveOfAnOlderBuildIsMadeAnew() throws Exception {
        requireGood(run());
        Files.setLastModifiedTime(archive(), FileTime.from(Instant.now().minusSeconds(120)));

        requireGood(run());

        assertThat(Files.getLastModifiedTime(archive()).toInstant())
                .isAfter(Instant.now().minusSeconds(60));
    }

    @Test
    void anArchiveThatIsNoneIsPassedOver() throws Exception {
        requireGood(run());
        Path archive = archive();
        Files.delete(archive);
        Files.writeString(archive, "no archive ".repeat(1000));

        requireGood(run());

        assertThat(isFromTheArchive("io.github.dagwasm.cli.Dagwasm")).isFalse();
    }

    @Test
    void anEmptyArchiveSaysThatNoneCanBeMade() throws Exception {
        requireGood(run());
        Path archive = archive();
        Files.delete(archive);
        Files.createFile(archive);

        requireGood(run());

        assertThat(isFromTheArchive("io.github.dagwasm.cli.Dagwasm")).isFalse();
        assertThat(archive).isEmptyFile();
    }

    @Test
    void optionsThatMayNotGoWithAnArchiveGoWithout() throws Exception {
        requireGood(run("-XX:+UseParallelGC"));

        assertThat(isFromTheArchive("io.github.dagwasm.cli.Dagwasm")).isFalse();
    }

    /** Some JVMs archive no classes of jars whose path has a blank. */
    @Test
    void aPathWithABlankIsNoError() throws Exception {
        project = Files.move(project, folder.resolve("a project"));

        requireGood(run());
        requireGood(run());
    }

    /** The superuser may write to it all the same. */
    @Test
    void aFolderThatMayNotBeWrittenToIsNoError() throws Exception {
        Path built = project.resolve(BUILT);
        Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            requireGood(run());
        } finally {
            Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void codeThatIsNoneIsCompiledAnew() throws Exception {
        requireGood(run());
        Files.writeString(archive().resolveSibling("code/" + firstModule()), "no code");

        requireGood(run());
    }

    private String firstModule() throws IOException {
        try (Stream<Path> files = Files.list(archive().resolveSibling("code"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.length() == 64)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
