package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.LauncherProject.requireGood;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.LauncherProject.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher's archive of classes shortens a start and is never missed, in a project of its own.
 * To make an archive takes seconds: each test begins with what the first run left.
 */
class LauncherArchiveIT {

    @TempDir private static Path folder;

    private static LauncherProject project;
    private static Path kept;

    @BeforeAll
    static void runOnce() throws Exception {
        project = new LauncherProject(Files.createDirectory(folder.resolve("runs")));
        requireGood(project.run());
        kept = folder.resolve("kept");
        copy(start(), kept);
    }

    @BeforeEach
    void beginWithWhatTheFirstRunLeft() throws IOException {
        delete(start());
        copy(kept, start());
    }

    private static Path start() {
        return project.root().resolve(LauncherProject.BUILT + "/start");
    }

    private static void delete(Path tree) throws IOException {
        if (Files.notExists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Times too: the launcher compares them. */
    private static void copy(Path from, Path to) throws IOException {
        List<Path> copied = new ArrayList<>();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                copied.add(file);
            }
        }
        // What a folder got since has changed its time.
        Collections.reverse(copied);
        for (Path file : copied) {
            Files.setLastModifiedTime(
                    to.resolve(from.relativize(file)), Files.getLastModifiedTime(file));
        }
    }

    private Said run(String... options) throws Exception {
        return project.run(options);
    }

    private boolean isFromTheArchive(String type) throws IOException {
        return project.loaded().stream()
                .filter(line -> line.contains(type + " "))
                .allMatch(line -> line.contains("shared objects file"));
    }

    private Path archive() throws IOException {
        try (Stream<Path> files = Files.list(start())) {
            return files.filter(file -> file.toString().endsWith(".classes"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theFirstRunMakesTheArchiveAndKeepsTheModule() throws Exception {
        delete(start());
        requireGood(run());

        assertThat(isFromTheArchive("io.github.dagwasm.cli.Dagwasm")).isTrue();
        assertThat(project.compiled()).isFalse();
        FileTime made = Files.getLastModifiedTime(archive());
        requireGood(run());
        assertThat(Files.getLastModifiedTime(archive())).isEqualTo(made);
    }

    @Test
    void anArchiveOfAnOlderBuildIsMadeAnew() throws Exception {
        FileTime old = FileTime.from(Instant.now().minusSeconds(3600));
        Files.setLastModifiedTime(archive(), old);

        requireGood(run());

        assertThat(Files.getLastModifiedTime(archive())).isGreaterThan(old);
    }

    @Test
    void anArchiveThatIsNoneIsPassedOver() throws Exception {
        Path archive = archive();
        Files.delete(archive);
        Files.writeString(archive, "no archive ".repeat(1000));

        requireGood(run());

        assertThat(isFromTheArchive("io.github.dagwasm.cli.Dagwasm")).isFalse();
    }

    @Test
    void anEmptyArchiveSaysThatNoneCanBeMade() throws Exception {
        Path archive = archive();
        Files.delete(archive);
        Files.createFile(archive);

        requireGood(run());

        assertThat(isFromTheArchive("io.github.dagwasm.cli.Dagwasm")).isFalse();
        assertThat(archive).isEmptyFile();
    }

    @Test
    void optionsThatMayNotGoWithAnArchiveGoWithout() throws Exception {
        delete(start());
        requireGood(run("-XX:+UseParallelGC"));

        assertThat(isFromTheArchive("io.github.dagwasm.cli.Dagwasm")).isFalse();
    }

    /** Some JVMs archive no classes of jars whose path has a blank. */
    @Test
    void aPathWithABlankIsNoError() throws Exception {
        LauncherProject moved = new LauncherProject(Files.createDirectory(folder.resolve("moves")));
        moved.moveTo("a project");

        requireGood(moved.run());
        requireGood(moved.run());
    }

    /** The superuser may write to it all the same. */
    @Test
    void aFolderThatMayNotBeWrittenToIsNoError() throws Exception {
        delete(start());
        Path built = project.root().resolve(LauncherProject.BUILT);
        Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            requireGood(run());
        } finally {
            Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void codeThatIsNoneIsCompiledAnew() throws Exception {
        Files.writeString(project.code().resolve(firstModule()), "no code");

        requireGood(run());
    }

    private String firstModule() throws IOException {
        try (Stream<Path> files = Files.list(project.code())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.length() == 64)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
