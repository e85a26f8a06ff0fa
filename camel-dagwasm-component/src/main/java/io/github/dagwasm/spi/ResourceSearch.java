package io.github.dagwasm.spi;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How files are found that users name: the same way for all kinds of them. A path is looked for
 * beside the file that names it, where there is one, then in the working directory, then on the
 * class path; {@code file:} leaves out the class path, {@code classpath:} everything else; there is
 * no other scheme. The class path is that of the thread's context class loader, then that of this
 * library. Immutable.
 */
public final class ResourceSearch {

    /** Two letters at least: one is a drive. */
    private static final Pattern SCHEME =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);

    private static final String FILE = "file";
    private static final String CLASSPATH = "classpath";

    private static final int SHOWN = 1000;

    private final String nouns;
    private final long maxBytes;
    private final LongFunction<String> tooLarge;
    private final Optional<Beside> beside;

    /** The file beside which others are looked for: whose it is, and its folder. */
    private record Beside(String owner, Optional<Path> directory) {}

    private ResourceSearch(
            String nouns, long maxBytes, LongFunction<String> tooLarge, Optional<Beside> beside) {
        this.nouns = Objects.requireNonNull(nouns, "nouns");
        this.maxBytes = maxBytes;
        this.tooLarge = Objects.requireNonNull(tooLarge, "tooLarge");
        this.beside = beside;
    }

    /**
     * A search in the working directory and on the class path.
     *
     * @param nouns what is looked for, in the plural, as in {@code modules}
     * @param maxBytes the most bytes that a file may have
     * @param tooLarge what is said of a file that has more: it is given how many, or, where nobody
     *     looked further, one more than there may be
     * @return the search
     * @throws IllegalArgumentException if the most bytes are less than 0
     */
    public static ResourceSearch of(String nouns, long maxBytes, LongFunction<String> tooLarge) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must be >= 0, but is " + maxBytes);
        }
        return new ResourceSearch(nouns, maxBytes, tooLarge, Optional.empty());
    }

    /**
     * The name of a resource: what it is called without folders, scheme and extension.
     *
     * @param resource the resource, as a user names it
     * @param extensions what its name may end with; of several that fit the first is left out. A
     *     name that is nothing else stays whole
     * @return the name, empty where the resource ends with a folder
     */
    public static String nameOf(String resource, List<String> extensions) {
        int folder = Math.max(resource.lastIndexOf('/'), resource.lastIndexOf('\\'));
        // A scheme, as in classpath:demo.dagwasm.yaml, is no part of the name either.
        String last = resource.substring(Math.max(folder, resource.lastIndexOf(':')) + 1);
        return extensions.stream()
                .filter(e -> last.endsWith(e) && last.length() > e.length())
                .findFirst()
                .map(e -> last.substring(0, last.length() - e.length()))
                .orElse(last);
    }

    /**
     * This search, but first beside the file that names what is looked for.
     *
     * @param owner whose file that is, as in {@code pipeline}
     * @param directory the folder of that file, empty where it has none
     * @return the search
     */
    public ResourceSearch besideFileOf(String owner, Optional<Path> directory) {
        Objects.requireNonNull(owner, "owner");
        return new ResourceSearch(
                nouns, maxBytes, tooLarge, Optional.of(new Beside(owner, directory)));
    }

    /**
     * Finds a file and reads it.
     *
     * @param resource a path, or a {@code file:} or {@code classpath:} resource
     * @return the file
     * @throws ResourceRefusedException if there is no such file, or none that is read: the scheme
     *     is not allowed, it is no regular file, it is too large, or it cannot be read
     */
    public ResourceFile find(String resource) {
        Matcher scheme = SCHEME.matcher(resource);
        try {
            if (!scheme.matches()) {
                return findPath(resource, true);
            }
            return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
                case FILE -> findPath(filePath(resource, scheme.group(2)), false);
                case CLASSPATH ->
                        onClassPath(scheme.group(2))
                                .orElseThrow(
                                        () ->
                                                new ResourceRefusedException(
                                                        "not on the class path"));
                default ->
                        throw new ResourceRefusedException(
                                "scheme '"
                                        + scheme.group(1)
                                        + "' is not allowed, because remote "
                                        + nouns
                                        + " are not; expected a path, file: or classpath:");
            };
        } catch (InvalidPathException e) {
            throw new ResourceRefusedException("no file can have this name: " + e.getReason(), e);
        }
    }

    private static String filePath(String uri, String path) {
        if (!path.startsWith("//")) {
            return path;
        }
        try {
            return Path.of(URI.create(uri)).toString();
        } catch (IllegalArgumentException e) {
            throw new ResourceRefusedException("no file has this URI: " + e.getMessage(), e);
        }
    }

    private ResourceFile findPath(String resource, boolean classPathToo) {
        Path path = Path.of(resource);
        if (path.isAbsolute()) {
            return inFile(path, "")
                    .orElseThrow(() -> new ResourceRefusedException("there is no such file"));
        }
        Path working = path.toAbsolutePath().normalize();
        return beside.flatMap(other -> beside(other, path))
                .or(() -> inFile(working, " (in the working directory)"))
                .or(() -> classPathToo ? onClassPath(resource) : Optional.empty())
                .orElseThrow(() -> notFound(path, working, classPathToo));
    }

    private Optional<ResourceFile> beside(Beside other, Path path) {
        return place(other, path).flatMap(p -> inFile(p, " (beside the " + other.owner + " file)"));
    }

    private static Optional<Path> place(Beside other, Path path) {
        return other.directory.map(d -> d.resolve(path).toAbsolutePath().normalize());
    }

    private ResourceRefusedException notFound(Path path, Path working, boolean classPathToo) {
        String nearby =
                beside.map(
                                other ->
                                        "not found: neither beside the "
                                                + other.owner
                                                + " file ("
                                                + place(other, path)
                                                        .map(ResourceSearch::shown)
                                                        .orElse("the " + other.owner + " has none")
                                                + ") nor")
                        .orElse("no such file: not");
        return new ResourceRefusedException(
                nearby
                        + " in the working directory ("
                        + shown(working)
                        + ")"
                        + (classPathToo ? " nor on the class path" : ""));
    }

    private Optional<ResourceFile> inFile(Path path, String how) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(path)) {
            // A pipe or a device would be read for ever, or block.
            throw new ResourceRefusedException(
                    shown(path)
                            + (Files.isDirectory(path)
                                    ? " is a directory, not a file"
                                    : " is no regular file"));
        }
        try {
            checkSize(Files.size(path));
            try (InputStream in = Files.newInputStream(path)) {
                Optional<Path> directory = Optional.ofNullable(path.getParent());
                return Optional.of(new ResourceFile(shown(path), how, directory, read(in)));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    private Optional<ResourceFile> onClassPath(String resource) {
        String name = resource.startsWith("/") ? resource.substring(1) : resource;
        Optional<URL> url = url(name);
        return url.isEmpty() ? Optional.empty() : onClassPath(name, url.get());
    }

    private static Optional<URL> url(String name) {
        URL url = null;
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        if (ofThread != null) {
            url = ofThread.getResource(name);
        }
        if (url == null) {
            url = ResourceSearch.class.getClassLoader().getResource(name);
        }
        return Optional.ofNullable(url);
    }

    private Optional<ResourceFile> onClassPath(String name, URL url) {
        String place = CLASSPATH + ":" + name;
        try {
            if (url.getProtocol().equals(FILE)) {
                return inFile(Path.of(url.toURI()), " (on the class path)");
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
                                new ResourceFile(shown(place), "", Optional.empty(), read(in)));
            }
        } catch (IOException | URISyntaxException e) {
            throw unreadable(place, e);
        }
    }

    private byte[] read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 1L, maxBytes) + 1);
        checkSize(bytes.length);
        return bytes;
    }

    private void checkSize(long bytes) {
        if (bytes > maxBytes) {
            throw new ResourceRefusedException(tooLarge.apply(bytes));
        }
    }

    private static ResourceRefusedException unreadable(String place, Exception e) {
        return new ResourceRefusedException(
                shown(place) + " cannot be read: " + e.getClass().getSimpleName(), e);
    }

    /** The name of a file may hold anything, line breaks too. */
    private static String shown(Object place) {
        return GuestText.escape(place.toString(), SHOWN);
    }
}
