package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is its user's alone, or there is none. */
class UserSecretTest {

    @TempDir Path temp;

    private Path file;

    @BeforeEach
    void choosePlace() {
        file = temp.resolve("state/dagwasm/code.key");
    }

    private byte[] made() {
        return UserSecret.at(file).orElseThrow();
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void isMadeOnceForItsOwnerAlone() throws IOException {
        byte[] secret = made();

        assertThat(secret).hasSize(UserSecret.BYTES).isEqualTo(made());
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(file.getParent())).isEqualTo("rwx------");
        assertThat(permissions(temp.resolve("state"))).isEqualTo("rwx------");
        assertThat(file.getParent()).isDirectoryNotContaining(each -> !each.equals(file));
    }

    @Test
    void noTwoAreAlike() {
        assertThat(made()).isNotEqualTo(UserSecret.at(temp.resolve("other/key")).orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-----w-", "rwx------"})
    void oneThatOthersMayHaveReadIsReplaced(String permissions) throws IOException {
        byte[] told = made();
        allow(file, permissions);

        assertThat(made()).isNotEqualTo(told);
        assertThat(permissions(file)).isEqualTo("rw-------");
    }

    @Test
    void oneOfAnotherLengthIsReplaced() throws IOException {
        made();
        Files.write(file, new byte[0]);

        assertThat(made()).hasSize(UserSecret.BYTES);

        Files.write(file, new byte[UserSecret.BYTES + 1]);
        assertThat(made()).hasSize(UserSecret.BYTES).isEqualTo(made());
    }

    @Test
    void aLinkIsReplacedAndWhatItNamesStays() throws IOException {
        made();
        Path elsewhere = temp.resolve("elsewhere");
        Files.write(elsewhere, new byte[UserSecret.BYTES]);
        allow(elsewhere, "rw-------");
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);

        assertThat(made()).isNotEqualTo(new byte[UserSecret.BYTES]);
        assertThat(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(elsewhere).hasBinaryContent(new byte[UserSecret.BYTES]);
    }

    @Test
    void aLinkThatLeadsNowhereIsReplaced() throws IOException {
        made();
        Files.delete(file);
        Files.createSymbolicLink(file, temp.resolve("nowhere"));

        assertThat(made()).isEqualTo(made());
        assertThat(temp.resolve("nowhere")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
    void aFolderThatOthersMayWriteToHoldsNone(String permissions) throws IOException {
        made();
        allow(file.getParent(), permissions);

        assertThat(UserSecret.at(file)).isEmpty();
    }

    @Test
    void aLinkInPlaceOfTheFolderHoldsNone() throws IOException {
        made();
        Path moved = Files.move(file.getParent(), temp.resolve("moved"));
        Files.createSymbolicLink(file.getParent(), moved);

        assertThat(UserSecret.at(file)).isEmpty();
    }

    /** Only the superuser can give a file away. */
    @Test
    void oneOfAnotherUserIsReplacedAndAFolderOfOneHoldsNone() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs the superuser");
        byte[] told = made();
        Files.setAttribute(file, "unix:uid", 12345);

        assertThat(made()).isNotEqualTo(told);

        Files.setAttribute(file.getParent(), "unix:uid", 12345);
        assertThat(UserSecret.at(file)).isEmpty();
    }

    @Test
    void aPlaceThatCannotBeMadeHoldsNone() throws IOException {
        Path blocked = Files.createFile(temp.resolve("file"));

        assertThat(UserSecret.at(blocked.resolve("dagwasm/code.key"))).isEmpty();
        assertThat(UserSecret.at(Path.of("code.key"))).isEmpty();
    }

    @Test
    void aFolderInItsPlaceHoldsNone() throws IOException {
        Files.createDirectories(file.resolve("inside"));
        allow(file.getParent(), "rwx------");

        assertThat(UserSecret.at(file)).isEmpty();
        assertThat(file.getParent()).isDirectoryNotContaining(each -> !each.equals(file));
    }
}
