package io.github.dagwasm.spi;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How files are found that users name: the same way for all kinds of them. A path is looked for
 * beside the file that names it, in the same archive if it is in one, then in the working
 * directory, then on the class path; {@code file:} leaves out the class path, {@code classpath:}
 * everything else; there is no other scheme. What is found first is the file: where it is not to be
 * read, nobody looks further, since another file of that name is not what the user named. The class
 * path is that of the thread's context class loader, then that of this library. Immutable.
 */
public final class ResourceSearch {

    /** Two letters at least: one is a drive. */
    private static final Pattern SCHEME =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);

    private static final String FILE = "file";
    private static final String CLASSPATH = "classpath";

    private final ResourceReader reader;
    private final Optional<Beside> beside;

    /** The file beside which others are looked for: whose it is, and its folder. */
    private record Beside(String owner, Optional<ResourceFolder> directory) {}

    private ResourceSearch(ResourceReader reader, Optional<Beside> beside) {
        this.reader = reader;
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
        Objects.requireNonNull(tooLarge, "tooLarge");
        return of(nouns, maxBytes, (bytes, beginning) -> tooLarge.apply(bytes));
    }

    /**
     * A search that knows more of a file that is too large than its size.
     *
     * @param nouns what is looked for, in the plural
     * @param maxBytes the most bytes that a file may have
     * @param tooLarge what is said of a file that has more, by its size as above and by its first
     *     64 bytes at least
     * @return the search
     * @throws IllegalArgumentException if the most bytes are less than 0
     */
    public static ResourceSearch of(
            String nouns, long maxBytes, BiFunction<Long, byte[], String> tooLarge) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must be >= 0, but is " + maxBytes);
        }
        Objects.requireNonNull(nouns, "nouns");
        Objects.requireNonNull(tooLarge, "tooLarge");
        return new ResourceSearch(
                new ResourceReader(nouns, maxBytes, tooLarge::apply, ResourceRoots.ANYWHERE),
                Optional.empty());
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
    public ResourceSearch besideFileOf(String owner, Optional<ResourceFolder> directory) {
        Objects.requireNonNull(owner, "owner");
        return new ResourceSearch(reader, Optional.of(new Beside(owner, directory)));
    }

    /**
     * This search, which reads nothing outside of some roots: what is found there is refused, and
     * nobody looks further. Where the roots have bounds, a name on the class path is a plain one:
     * no part of it is empty, a dot or two.
     *
     * @param bounds where files may really be
     * @return the search
     */
    public ResourceSearch within(ResourceRoots bounds) {
        return new ResourceSearch(
                new ResourceReader(reader.nouns(), reader.maxBytes(), reader.tooLarge(), bounds),
                beside);
    }

    /**
     * The scheme of a resource.
     *
     * @param resource the resource, as a user names it
     * @return its scheme in lower case, empty for a path
     */
    public static Optional<String> schemeOf(String resource) {
        Matcher scheme = SCHEME.matcher(resource);
        return scheme.matches()
                ? Optional.of(scheme.group(1).toLowerCase(Locale.ROOT))
                : Optional.empty();
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
                case CLASSPATH -> findOnClassPath(withoutSlash(scheme.group(2)));
                default ->
                        throw new ResourceRefusedException(
                                "scheme '"
                                        + scheme.group(1)
                                        + "' is not allowed; expected a path, file: or classpath:");
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
            throw new ResourceRefusedException(
                    "no file has this URI: " + ResourceReader.shown(e.getMessage()), e);
        }
    }

    private ResourceFile findPath(String resource, boolean classPathToo) {
        Path path = Path.of(resource);
        if (path.isAbsolute()) {
            return reader.file(path, "")
                    .orElseThrow(() -> new ResourceRefusedException("there is no such file"));
        }
        Path working = path.toAbsolutePath().normalize();
        return beside.flatMap(other -> beside(other, path, classPathToo))
                .or(() -> reader.file(working, " (in the working directory)"))
                .or(() -> classPathToo ? onClassPath(withoutSlash(resource)) : Optional.empty())
                .orElseThrow(() -> notFound(path, working, classPathToo));
    }

    private Optional<ResourceFile> beside(Beside other, Path path, boolean classPathToo) {
        String how = " (beside the " + other.owner + " file)";
        return other.directory.flatMap(
                folder ->
                        (classPathToo
                                        ? archived(folder, path, how)
                                        : Optional.<ResourceFile>empty())
                                .or(
                                        () ->
                                                folder.path()
                                                        .map(p -> p.resolve(path))
                                                        .map(Path::toAbsolutePath)
                                                        .map(Path::normalize)
                                                        .flatMap(p -> reader.file(p, how))));
    }

    /** By its name on the class path, unless roots know its folder by its path alone. */
    private Optional<ResourceFile> archived(ResourceFolder folder, Path path, String how) {
        return folder.nameOf(path)
                .filter(name -> !reader.roots().bounded() || ResourceRoots.isPlain(name))
                .filter(name -> folder.path().isEmpty() || reader.roots().allowOnClassPath(name))
                .flatMap(name -> reader.onClassPath(name, folder.origin().orElseThrow(), how));
    }

    private ResourceFile findOnClassPath(String name) {
        if (reader.roots().bounded() && !ResourceRoots.isPlain(name)) {
            throw new ResourceRefusedException(
                    "on the class path only plain names are looked for (option "
                            + reader.roots().option()
                            + "); expected one such as modules/x.wasm");
        }
        return reader.onClassPath(name)
                .orElseThrow(() -> new ResourceRefusedException("not on the class path"));
    }

    /** What is no plain name cannot be on the class path where there are roots. */
    private Optional<ResourceFile> onClassPath(String name) {
        return reader.roots().bounded() && !ResourceRoots.isPlain(name)
                ? Optional.empty()
                : reader.onClassPath(name);
    }

    static String withoutSlash(String name) {
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private ResourceRefusedException notFound(Path path, Path working, boolean classPathToo) {
        String nearby =
                beside.map(
                                other ->
                                        "not found: neither beside the "
                                                + other.owner
                                                + " file ("
                                                + other.directory
                                                        .map(d -> d.shownPlace(path))
                                                        .map(ResourceReader::shown)
                                                        .orElse("the " + other.owner + " has none")
                                                + ") nor")
                        .orElse("no such file: not");
        return new ResourceRefusedException(
                nearby
                        + " in the working directory ("
                        + ResourceReader.shown(working)
                        + ")"
                        + (classPathToo ? " nor on the class path" : ""));
    }
}
