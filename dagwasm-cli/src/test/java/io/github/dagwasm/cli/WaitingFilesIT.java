package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No input of the example file-drop leaves the inbox for a failure of the moment: a full disk, or a
 * folder or file that the server may not use.
 */
@Tag("ci")
class WaitingFilesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration A_WHILE = Duration.ofSeconds(3);
    private static final String MALFORMED =
            "pipeline 'file-drop': the input: malformed UTF-8 at byte 0 (0xff)";
    private static final String NO_SPACE = ": java.io.IOException: No space left on device";

    @TempDir Path temp;

    private ServedFileDrop drop;
    private Path mounted;

    @AfterEach
    void stopAndUnmount() throws Exception {
        if (drop != null) {
            drop.kill();
        }
        if (mounted != null) {
            assertThat(ServedFileDrop.exitCode("umount", mounted.toString())).isZero();
        }
    }

    private void serveOnASmallDisk() throws Exception {
        Path disk = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(
                ServedFileDrop.exitCode(
                                "mount", "-t", "tmpfs", "-o", "size=512k", "none", disk.toString())
                        == 0,
                "skipped: no file system may be mounted here");
        mounted = disk;
        drop = new ServedFileDrop(disk, temp.resolve("serve.log"), List.of());
    }

    private Path fill() throws IOException {
        Path filling = mounted.resolve("filling");
        try (OutputStream out = Files.newOutputStream(filling)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessage("No space left on device");
        }
        return filling;
    }

    @Test
    void whatIsGoodWaitsForRoomAndThatIsSaidOnce() throws Exception {
        serveOnASmallDisk();
        for (String name : List.of("a", "b", "c")) {
            drop.put(name, "GOOD " + name);
        }
        Path filling = fill();
        drop.serve();
        drop.awaitLine("waiting: route file-drop, file [abc]" + NO_SPACE);

        await().during(A_WHILE)
                .atMost(PATIENCE)
                .until(() -> drop.names("inbox").equals(Set.of("a", "b", "c")));
        assertThat(drop.names("outbox")).isEmpty();
        Files.delete(filling);

        drop.awaitAnEmptyInbox();
        for (String name : List.of("a", "b", "c")) {
            assertThat(drop.file("outbox/" + name)).hasContent("good " + name + "-wasm");
        }
        assertThat(drop.file("failed")).doesNotExist();
        assertThat(drop.lines("waiting")).hasSize(1);
        assertThat(drop.stop()).isEqualTo("stopped: 3 done, 0 failed");
    }

    @Test
    void whatFailsWaitsUntilThereIsRoomForItsReason() throws Exception {
        serveOnASmallDisk();
        drop.put("bad", new byte[] {(byte) 0xff});
        Path filling = fill();
        drop.serve();
        drop.awaitLine("waiting: route file-drop, file bad" + NO_SPACE);

        await().during(A_WHILE)
                .atMost(PATIENCE)
                .until(() -> drop.names("inbox").equals(Set.of("bad")));
        assertThat(drop.names("failed")).isEmpty();
        Files.delete(filling);

        drop.awaitAnEmptyInbox();
        assertThat(drop.names("failed")).containsExactlyInAnyOrder("bad", "bad.reason.txt");
        assertThat(drop.file("failed/bad.reason.txt")).hasContent(MALFORMED);
        assertThat(drop.file("failed/bad")).hasBinaryContent(new byte[] {(byte) 0xff});
        assertThat(drop.lines("waiting")).hasSize(1);
        assertThat(drop.lines("failed, handled"))
                .containsExactly("failed, handled: route file-drop, file bad: " + MALFORMED);
        assertThat(drop.stop()).isEqualTo("stopped: 0 done, 1 failed");
    }

    @Test
    void aKillAndAStopWhileItWaitsLoseNothing() throws Exception {
        serveOnASmallDisk();
        drop.put("good", "GOOD");
        drop.put("bad", new byte[] {(byte) 0xff});
        Path filling = fill();
        drop.serve();
        drop.awaitLine("waiting: route file-drop, file (good|bad)" + NO_SPACE);
        drop.kill();
        assertThat(drop.names("inbox")).containsExactlyInAnyOrder("good", "bad");
        drop.serve();
        drop.awaitLine("waiting: route file-drop, file (good|bad)" + NO_SPACE);

        assertThat(drop.stop()).startsWith("stopped: 0 done, ");
        assertThat(drop.names("inbox")).containsExactlyInAnyOrder("good", "bad");
        assertThat(drop.names("outbox")).isEmpty();
        assertThat(drop.names("failed")).isEmpty();
        Files.delete(filling);

        drop.serve();
        drop.awaitAnEmptyInbox();
        assertThat(drop.file("outbox/good")).hasContent("good-wasm");
        assertThat(drop.names("failed")).containsExactlyInAnyOrder("bad", "bad.reason.txt");
        assertThat(drop.file("failed/bad")).hasBinaryContent(new byte[] {(byte) 0xff});
    }

    /** The superuser may do everything, so another user serves. */
    private void serveAsNobody() throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        List<String> nobody =
                root
                        ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
                        : List.of();
        Path folder = Files.createDirectory(temp.resolve("folder"));
        drop = new ServedFileDrop(folder, temp.resolve("serve.log"), nobody);
        for (String box : List.of("", "inbox", "outbox", "failed", ".writing")) {
            Path made = Files.createDirectories(folder.resolve(box));
            allow(made, "rwxrwxrwx");
        }
        allow(temp, "rwxr-xr-x");
        assumeTrue(drop.canBeServed(), "skipped: another user cannot start the launcher here");
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void aReadOnlyOutboxIsWaitedFor() throws Exception {
        serveAsNobody();
        allow(drop.file("outbox"), "r-xr-xr-x");
        drop.put("good", "GOOD");
        drop.serve();
        drop.awaitLine("waiting: route file-drop, file good: .*");

        await().during(A_WHILE)
                .atMost(PATIENCE)
                .until(() -> drop.names("inbox").equals(Set.of("good")));
        allow(drop.file("outbox"), "rwxrwxrwx");

        drop.awaitAnEmptyInbox();
        assertThat(drop.file("outbox/good")).hasContent("good-wasm");
        assertThat(drop.names("failed")).isEmpty();
        assertThat(drop.lines("waiting")).hasSize(1);
        assertThat(drop.stop()).isEqualTo("stopped: 1 done, 0 failed");
    }

    @Test
    void aReadOnlyFolderForFailuresIsWaitedFor() throws Exception {
        serveAsNobody();
        allow(drop.file("failed"), "r-xr-xr-x");
        drop.put("bad", new byte[] {(byte) 0xff});
        drop.serve();
        drop.awaitLine("waiting: route file-drop, file bad: .*");

        await().during(A_WHILE)
                .atMost(PATIENCE)
                .until(() -> drop.names("inbox").equals(Set.of("bad")));
        assertThat(drop.names("failed")).isEmpty();
        allow(drop.file("failed"), "rwxrwxrwx");

        drop.awaitAnEmptyInbox();
        assertThat(drop.names("failed")).containsExactlyInAnyOrder("bad", "bad.reason.txt");
        assertThat(drop.file("failed/bad.reason.txt")).hasContent(MALFORMED);
        assertThat(drop.file("failed/bad")).hasBinaryContent(new byte[] {(byte) 0xff});
        assertThat(drop.lines("waiting")).hasSize(1);
    }

    @Test
    void anInputThatMayNotBeReadStaysAndHoldsNobodyUp() throws Exception {
        serveAsNobody();
        drop.put("secret", "SECRET");
        allow(drop.file("inbox/secret"), "---------");
        drop.serve();
        drop.awaitLine("failed: route file-drop, file secret: .*");
        drop.put("good", "GOOD");

        await().atMost(PATIENCE).until(() -> drop.names("outbox").equals(Set.of("good")));
        await().during(A_WHILE)
                .atMost(PATIENCE)
                .until(() -> drop.names("inbox").equals(Set.of("secret")));
        assertThat(drop.lines("failed")).hasSize(1);
        assertThat(drop.names("failed")).isEmpty();
        allow(drop.file("inbox/secret"), "rw-rw-rw-");

        drop.awaitAnEmptyInbox();
        assertThat(drop.file("outbox/secret")).hasContent("secret-wasm");
        assertThat(drop.stop()).isEqualTo("stopped: 2 done, 1 failed");
    }
}
