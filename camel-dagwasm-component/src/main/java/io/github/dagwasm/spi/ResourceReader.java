package io.github.dagwasm.spi;

import io.github.dagwasm.failure.IoReason;
import io.github.dagwasm.text.GuestText;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads what a search comes upon, up to a bound, and only where it may really be. Immutable.
 *
 * @param nouns what is read, in the plural
 * @param maxBytes the most bytes that a file may have
 * @param tooLarge what is said of a file that has more
 * @param roots where files may really be
 */
record ResourceReader(String nouns, long maxBytes, TooLarge tooLarge, ResourceRoots roots) {

    private static final int SHOWN = 1000;

    /** Enough to tell most formats of files. */
    private static final int BEGINNING = 64;

    /** What is said of a file that has too many bytes. */
    interface TooLarge {

        /**
         * The sentence.
         *
         * @param bytes how many there are, or one more than there may be
         * @param beginning the first of them
         */
        String sentence(long bytes, byte[] beginning);
    }

    /** The file at a path, empty where there is none. */
    Optional<ResourceFile> file(Path path, String how) {
        Optional<ResourceFolder> directory =
                Optional.ofNullable(path.getParent()).map(ResourceFolder::of);
        return file(path, how, directory, Optional.empty());
    }

    private Optional<ResourceFile> file(
            Path path, String how, Optional<ResourceFolder> directory, Optional<Path> alsoBelow) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            byte[] bytes =
                    roots.bounded()
                            ? RootedFile.read(
                                    roots.locate(path, nouns, alsoBelow),
                                    (attributes, opening) -> read(path, attributes, opening))
                            : read(
                                    path,
                                    Files.readAttributes(path, BasicFileAttributes.class),
                                    () -> Files.newInputStream(path));
            return Optional.of(new ResourceFile(shown(path), how, directory, bytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    private byte[] read(Path path, BasicFileAttributes attributes, RootedFile.Opening opening)
            throws IOException {
        if (!attributes.isRegularFile()) {
            // A pipe or a device would be read for ever, or block.
            throw new ResourceRefusedException(
                    shown(path)
                            + (attributes.isDirectory()
                                    ? " is a directory, not a file"
                                    : " is no regular file"));
        }
        try (InputStream in = opening.open()) {
            if (attributes.size() > maxBytes) {
                throw tooLarge(attributes.size(), in.readNBytes(BEGINNING));
            }
            return read(in);
        }
    }

    /** What the class path has by a name, empty where it has nothing, or a folder in an archive. */
    Optional<ResourceFile> onClassPath(String name) {
        return onClassPath(name, url(name), " (on the class path)", "");
    }

    /** The same, of one archive or folder of classes alone. */
    Optional<ResourceFile> onClassPath(String name, String origin, String how) {
        return onClassPath(name, url(name, origin), how, how);
    }

    /**
     * Reads what the class path has.
     *
     * @param onDisk how a file on disk was found
     * @param archived how a file in an archive was found
     */
    private Optional<ResourceFile> onClassPath(
            String name, Optional<URL> found, String onDisk, String archived) {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        URL url = found.get();
        String root = roots.bounded() ? roots.requireOnClassPath(name, nouns) : "";
        String place = "classpath:" + name;
        try {
            if (url.getProtocol().equals("file")) {
                Path path = Path.of(url.toURI());
                ResourceFolder directory = ResourceFolder.ofClassPath(name, url);
                return file(path, onDisk, Optional.of(directory), folder(path, name, root));
            }
            URLConnection connection = url.openConnection();
            // The JVM's own cache would keep the jar open for good.
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                boolean folder =
                        connection instanceof JarURLConnection jar
                                && jar.getJarEntry().isDirectory();
                return folder
                        ? Optional.empty()
                        : Optional.of(
                                new ResourceFile(
                                        shown(place),
                                        archived,
                                        Optional.of(ResourceFolder.ofClassPath(name, url)),
                                        read(in)));
            }
        } catch (IOException | URISyntaxException e) {
            throw unreadable(place, e);
        }
    }

    private static Optional<URL> url(String name, String origin) {
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        try {
            return Stream.concat(
                            ofThread == null
                                    ? Stream.empty()
                                    : Collections.list(ofThread.getResources(name)).stream(),
                            Collections.list(
                                    ResourceReader.class.getClassLoader().getResources(name))
                                    .stream())
                    .filter(url -> ResourceFolder.origin(name, url).equals(origin))
                    .findFirst();
        } catch (IOException e) {
            throw unreadable("classpath:" + name, e);
        }
    }

    private static Optional<URL> url(String name) {
        URL url = null;
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        if (ofThread != null) {
            url = ofThread.getResource(name);
        }
        if (url == null) {
            url = ResourceReader.class.getClassLoader().getResource(name);
        }
        return Optional.ofNullable(url);
    }

    /**
     * Where a root of the class path is, going by a file below it: a link must not lead out of it.
     *
     * @param path the file
     * @param name its plain name on the class path
     * @param root the root's name, with which the file's begins
     */
    private static Optional<Path> folder(Path path, String name, String root) {
        Path folder = path;
        for (int parts = name.substring(root.length()).split("/").length; parts > 0; parts--) {
            folder = folder.getParent();
            if (folder == null) {
                return Optional.empty();
            }
        }
        return Optional.of(folder);
    }

    private byte[] read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 1L, maxBytes) + 1);
        if (bytes.length > maxBytes) {
            throw tooLarge(bytes.length, bytes);
        }
        return bytes;
    }

    private ResourceRefusedException tooLarge(long bytes, byte[] beginning) {
        return new ResourceRefusedException(tooLarge.sentence(bytes, beginning));
    }

    private static ResourceRefusedException unreadable(String place, Exception e) {
        return new ResourceRefusedException(shown(place) + " cannot be read: " + IoReason.of(e), e);
    }

    /** The name of a file may hold anything, line breaks too. */
    static String shown(Object place) {
        return GuestText.escape(place.toString(), SHOWN);
    }
}
