package io.github.dagwasm.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What roots an operator may name, and what is read where a name changes its meaning. */
class ResourceRootsTest {

    private Path base;

    @BeforeEach
    void resolve(@TempDir Path folder) throws Exception {
        base = folder.toRealPath();
    }

    private static void refused(String message, String... entries) {
        assertThatThrownBy(() -> ResourceRoots.of("moduleRoots", List.of(entries)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void aRootIsAFolderThatExists() throws Exception {
        Path file = Files.createFile(base.resolve("file"));

        refused(
                "moduleRoots: " + base + "/none is not there; expected a folder that exists",
                base.toString(),
                base + "/none");
        refused("moduleRoots: " + file + " is no folder", file.toString());
        refused("moduleRoots: no folder can have the name 'a\\u{0}b'", "a\0b");
        refused(
                "moduleRoots: "
                        + Path.of("file:x").toAbsolutePath()
                        + " is not there; expected a folder that exists",
                "file:x");
    }

    @Test
    void aRootOfTheClassPathIsAPlainName() {
        for (String root :
                List.of("classpath:../x", "classpath:a//b", "classpath:.", "classpath://a")) {
            refused(
                    "moduleRoots: '"
                            + root
                            + "' is no folder of the class path; expected one such as"
                            + " classpath:modules/",
                    root);
        }
    }

    @Test
    void noRootIsNotAllRoots() {
        refused("moduleRoots: a folder is missing; leave the option out to allow all folders", "");
        refused(
                "moduleRoots: a folder is missing; leave the option out to allow all folders",
                "classpath:",
                " ");
        refused("moduleRoots: names no folder; leave the option out to allow all folders");
    }

    @Test
    void tellsTheRootsAsTheyAreMeant() {
        assertThat(
                        ResourceRoots.of(
                                "moduleRoots", List.of(" " + base, "classpath:/a/b", "classpath:")))
                .hasToString(base + ", classpath:a/b/, classpath:");
        assertThat(ResourceRoots.ANYWHERE).hasToString("anywhere");
    }

    /** As if somebody made a folder a link, after it was found to be none. */
    @Test
    void aFolderThatBecameALinkIsNotFollowed() throws Exception {
        Path other = Files.createDirectories(base.resolve("other"));
        Files.writeString(other.resolve("x"), "secret");
        Path root = Files.createDirectories(base.resolve("root"));
        Files.createSymbolicLink(root.resolve("folder"), other);
        Files.createSymbolicLink(root.resolve("link"), other.resolve("x"));

        for (String file : List.of("folder/x", "link")) {
            assertThatThrownBy(() -> read(root, root.resolve(file)))
                    .isInstanceOf(IOException.class);
        }
        assertThat(read(base, other.resolve("x"))).isEqualTo("secret");
    }

    private static String read(Path root, Path file) throws Exception {
        return RootedFile.read(
                new ResourceRoots.Place(root, file),
                (attributes, opening) -> {
                    try (var in = opening.open()) {
                        return new String(in.readAllBytes(), UTF_8);
                    }
                });
    }

    @Test
    void whereFoldersCannotBeWalkedWhatMovedIsNoticed() throws Exception {
        Path folder = Files.createDirectories(base.resolve("folder"));
        Path other = Files.createDirectories(base.resolve("other"));
        Files.writeString(folder.resolve("x"), "inside");
        Files.writeString(other.resolve("x"), "secret");
        RootedFile.Reading<String> whole =
                (attributes, opening) -> {
                    try (var in = opening.open()) {
                        return new String(in.readAllBytes(), UTF_8);
                    }
                };
        assertThat(RootedFile.lookingAgain(folder.resolve("x"), whole)).isEqualTo("inside");

        RootedFile.Reading<String> moved =
                (attributes, opening) -> {
                    Files.move(folder, base.resolve("away"));
                    Files.createSymbolicLink(folder, other);
                    return whole.read(attributes, opening);
                };
        assertThatThrownBy(() -> RootedFile.lookingAgain(folder.resolve("x"), moved))
                .isInstanceOf(ResourceRefusedException.class)
                .hasMessage("it was moved while it was looked for; try again");
    }

    @Test
    void aFolderThatBecomesALinkJustBeforeTheFileIsOpenedChangesNothing() throws Exception {
        Path folder = Files.createDirectories(base.resolve("root/folder"));
        Path other = Files.createDirectories(base.resolve("other"));
        Files.writeString(folder.resolve("x"), "inside");
        Files.writeString(other.resolve("x"), "secret");

        String read =
                RootedFile.read(
                        new ResourceRoots.Place(base.resolve("root"), folder.resolve("x")),
                        (attributes, opening) -> {
                            Files.move(folder, base.resolve("away"));
                            Files.createSymbolicLink(folder, other);
                            try (var in = opening.open()) {
                                return new String(in.readAllBytes(), UTF_8);
                            }
                        });

        assertThat(read).isEqualTo("inside");
    }
}
