package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.LauncherProject.requireGood;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.LauncherProject.Said;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher's pinned modules run their own code, whatever lies in the folder of kept code. */
@Tag("ci")
class SealedCodeIT {

    private static final byte[] GOOD = TestModules.guest("evil", Code.code().get(0)).bytes();
    private static final byte[] EVIL =
            TestModules.guest("evil", Code.code().i32(TestModules.TEXT)).bytes();

    @TempDir Path folder;

    private LauncherProject project;

    @BeforeEach
    void copyWhatWasBuilt() throws IOException {
        project = new LauncherProject(folder);
    }

    private String answer(byte[] module) throws Exception {
        TestModule.write(project.root().resolve("guest.wasm"), module);
        Files.writeString(
                project.root().resolve("pinned.dagwasm.yaml"),
                """
                processors:
                  - id: guest
                    backend: wasm
                    module: guest.wasm
                    sha256: %s
                """
                        .formatted(sha256(module)));
        Said said = project.run(List.of("run", "pinned.dagwasm.yaml", "--output", "text", "good"));
        assertThat(said.err()).isEmpty();
        return said.out();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private Path kept(byte[] module) throws Exception {
        return project.code().resolve(sha256(module));
    }

    @Test
    void codeOfAnotherModuleNeverRuns() throws Exception {
        assertThat(answer(GOOD)).isEqualTo("good\n");
        assertThat(answer(EVIL)).isEqualTo("evil\n");
        assertThat(answer(GOOD)).isEqualTo("good\n");
        assertThat(project.compiled()).isFalse();
        byte[] ofGood = Files.readAllBytes(kept(GOOD));
        byte[] ofEvil = Files.readAllBytes(kept(EVIL));
        Files.write(kept(GOOD), ofEvil);
        Files.write(kept(EVIL), ofGood);

        assertThat(answer(GOOD)).isEqualTo("good\n");
        assertThat(project.compiled()).isTrue();
        assertThat(answer(EVIL)).isEqualTo("evil\n");

        assertThat(kept(GOOD)).hasBinaryContent(ofGood);
        assertThat(kept(EVIL)).hasBinaryContent(ofEvil);
    }

    @Test
    void theSecretIsTheUsersAloneAndOneOfAStrangerOpensNothing() throws Exception {
        requireGood(project.run());
        Path secret = project.state().resolve("dagwasm/code.key");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        requireGood(project.run());
        assertThat(project.compiled()).isFalse();

        Files.copy(
                Files.write(folder.resolve("stranger"), new byte[32]),
                secret,
                StandardCopyOption.REPLACE_EXISTING);
        requireGood(project.run());
        assertThat(project.compiled()).isTrue();
    }

    @Test
    void whereNoSecretCanBeKeptNothingIs() throws Exception {
        project.stateIs(Files.createFile(folder.resolve("file")));

        requireGood(project.run());
        requireGood(project.run());

        assertThat(project.compiled()).isTrue();
        assertThat(project.code()).isEmptyDirectory();
    }
}
