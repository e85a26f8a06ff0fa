package io.github.dagwasm.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Opens a file where it was found to be, and nowhere else: a folder above it may have become a link
 * in the meantime. Where the platform has it, the way from the root down is gone folder by folder,
 * each opened in the one before without following links, so that nothing that happens to names
 * outside of the root matters any more.
 *
 * <p>What remains is up to those who can write below the root: they can put a hard link there to a
 * file of their own file system, and a pipe in the instant between the look at what kind of file it
 * is and its opening, which then waits for a writer.
 */
final class RootedFile {

    /** What is done with a file, once it is found. */
    interface Reading<T> {

        T read(BasicFileAttributes attributes, Opening opening) throws IOException;
    }

    /** Opens the file whose attributes were read. */
    interface Opening {

        InputStream open() throws IOException;
    }

    private RootedFile() {}

    /** Reads a file; no link is followed below the root. */
    static <T> T read(ResourceRoots.Place place, Reading<T> reading) throws IOException {
        if (!place.file().equals(place.root())) {
            try (DirectoryStream<Path> root = Files.newDirectoryStream(place.root())) {
                if (root instanceof SecureDirectoryStream<Path> secure) {
                    return below(secure, place.root().relativize(place.file()), reading);
                }
            }
        }
        return lookingAgain(place.file(), reading);
    }

    private static <T> T below(
            SecureDirectoryStream<Path> folder, Path relative, Reading<T> reading)
            throws IOException {
        Path name = relative.getName(0);
        if (relative.getNameCount() > 1) {
            try (SecureDirectoryStream<Path> next =
                    folder.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                return below(next, relative.subpath(1, relative.getNameCount()), reading);
            }
        }
        BasicFileAttributes attributes =
                folder.getFileAttributeView(
                                name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .readAttributes();
        return reading.read(
                attributes,
                () ->
                        Channels.newInputStream(
                                folder.newByteChannel(
                                        name,
                                        Set.of(
                                                StandardOpenOption.READ,
                                                LinkOption.NOFOLLOW_LINKS))));
    }

    /**
     * The next best: a folder that became a link and stays one is noticed; one that was a link just
     * while the file was opened is not.
     */
    static <T> T lookingAgain(Path file, Reading<T> reading) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return reading.read(
                attributes,
                () -> {
                    InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
                    if (!file.toRealPath().equals(file)) {
                        in.close();
                        throw new ResourceRefusedException(
                                "it was moved while it was looked for; try again");
                    }
                    return in;
                });
    }
}
