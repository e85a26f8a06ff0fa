package io.github.dagwasm.spi;

import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * The folder of a file that names others: on disk, on the class path, or both. On the class path
 * only what comes from the same archive or folder of classes is beside the file. Immutable.
 */
public final class ResourceFolder {

    private static final String IN_ARCHIVE = "!/";
    private static final String CLASSPATH = "classpath:";

    private final Optional<Path> path;
    private final Optional<Place> place;

    /**
     * A folder of the class path.
     *
     * @param folder its name, empty or with a slash at its end
     * @param origin the URL of the archive, or of the folder of classes, that it is in
     */
    record Place(String folder, String origin) {}

    private ResourceFolder(Optional<Path> path, Optional<Place> place) {
        this.path = path;
        this.place = place;
    }

    /**
     * A folder on disk.
     *
     * @param path the folder
     * @return the folder
     */
    public static ResourceFolder of(Path path) {
        return new ResourceFolder(Optional.of(path), Optional.empty());
    }

    /**
     * The folder of a file in an archive of the class path.
     *
     * @param file the URL of the file, of a jar in a jar too, as a class loader gives it
     * @return the folder; empty if the URL leads into no archive
     */
    public static Optional<ResourceFolder> ofArchived(URL file) {
        String url = file.toString();
        int end = url.lastIndexOf(IN_ARCHIVE);
        if (end < 0) {
            return Optional.empty();
        }
        String escaped = url.substring(end + IN_ARCHIVE.length()).replace("+", "%2B");
        String name = URLDecoder.decode(escaped, StandardCharsets.UTF_8);
        return Optional.of(ofClassPath(name, file));
    }

    /**
     * The folder of a file on the class path.
     *
     * @param name the file's name on the class path
     * @param file where the class loader found it
     * @return the folder, which knows its path if it is on disk
     */
    public static ResourceFolder ofClassPath(String name, URL file) {
        String folder = name.substring(0, name.lastIndexOf('/') + 1);
        return new ResourceFolder(path(file), Optional.of(new Place(folder, origin(name, file))));
    }

    private static Optional<Path> path(URL file) {
        try {
            return file.getProtocol().equals("file")
                    ? Optional.ofNullable(Path.of(file.toURI()).getParent())
                    : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What is left of a URL without the name, whose escapes leave its slashes alone. */
    static String origin(String name, URL url) {
        String origin = url.toString();
        for (long parts = name.chars().filter(c -> c == '/').count(); parts >= 0; parts--) {
            origin = origin.substring(0, Math.max(0, origin.lastIndexOf('/')));
        }
        return origin;
    }

    /** The folder on disk, empty in an archive. */
    Optional<Path> path() {
        return path;
    }

    /** The archive or folder of classes that it is in, empty off the class path. */
    Optional<String> origin() {
        return place.map(Place::origin);
    }

    /** The name that a file beside has on the class path; empty if it can have none there. */
    Optional<String> nameOf(Path beside) {
        return place.flatMap(
                p -> {
                    String name = Path.of(p.folder()).resolve(beside).normalize().toString();
                    boolean outside = beside.isAbsolute() || name.startsWith("..");
                    return outside
                            ? Optional.empty()
                            : Optional.of(name.replace(File.separatorChar, '/'));
                });
    }

    /** The place of a file beside, for messages. */
    String shownPlace(Path beside) {
        return path.map(p -> p.resolve(beside).toAbsolutePath().normalize().toString())
                .orElseGet(() -> CLASSPATH + nameOf(beside).orElse(beside.toString()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceFolder folder
                && folder.path.equals(path)
                && folder.place.equals(place);
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, place);
    }

    /** The path, or the name on the class path. */
    @Override
    public String toString() {
        return path.map(Path::toString)
                .orElseGet(() -> CLASSPATH + place.map(Place::folder).orElse(""));
    }
}
