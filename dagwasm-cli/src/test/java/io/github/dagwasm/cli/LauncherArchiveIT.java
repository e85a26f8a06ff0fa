package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.LauncherProject.requireGood;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.LauncherProject.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher's archive of classes shortens a start and is never missed, in a project of its own.
 */
class LauncherArchiveIT {

    @TempDir Path folder;

    private LauncherProject project;

    @BeforeEach
    void copyWhatWasBuilt() throws IOException {
        project = new LauncherProject(folder);
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
        try (Stream<Path> files =
                Files.list(project.root().resolve(LauncherProject.BUILT + "/start"))) {
            return files.filter(file -> file.toString().endsWith(".classes"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void theFirstRunMakesTheArchiveAndKeepsTheModule() throws Exception {
        requireGood(run());

        assertThat(isFromTheArchive("io.github.dagwasm.cli.Dagwasm")).isTrue();
        assertThat(project.compiled()).isFalse();
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
        project.moveTo("a project");

        requireGood(run());
        requireGood(run());
    }

    /** The superuser may write to it all the same. */
    @Test
    void aFolderThatMayNotBeWrittenToIsNoError() throws Exception {
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
        requireGood(run());
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
