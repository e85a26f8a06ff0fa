package io.github.dagwasm.spi;

import io.github.dagwasm.text.GuestText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folders that files may be read from, in the operator's words. What counts is where a file
 * really is, with all links resolved; a root may be a link itself. Where a root leads is looked up
 * anew for each file. What is on the class path may be read only below a root of the class path.
 * Immutable.
 */
public final class ResourceRoots {

    /** No bounds: any file that the process can read. */
    public static final ResourceRoots ANYWHERE = new ResourceRoots("", false, List.of(), List.of());

    private static final String CLASSPATH = "classpath:";
    private static final int SHOWN = 1000;

    private final String option;
    private final boolean bounded;
    private final List<Path> folders;

    /** Each is empty, or ends with a slash. */
    private final List<String> onClassPath;

    /** A file, and the root that it is in; both are real paths. */
    record Place(Path root, Path file) {}

    private ResourceRoots(
            String option, boolean bounded, List<Path> folders, List<String> onClassPath) {
        this.option = option;
        this.bounded = bounded;
        this.folders = List.copyOf(folders);
        this.onClassPath = List.copyOf(onClassPath);
    }

    /**
     * The roots that an option names.
     *
     * @param option the option's name, for messages
     * @param entries folders that exist; {@code classpath:} for the whole class path, or {@code
     *     classpath:FOLDER} for what is below a folder of it, which is not looked for. Blanks
     *     around an entry are no part of it
     * @return the roots
     * @throws IllegalArgumentException if there is no entry, or if one is no such folder
     */
    public static ResourceRoots of(String option, List<String> entries) {
        List<Path> folders = new ArrayList<>();
        List<String> onClassPath = new ArrayList<>();
        for (String entry : entries) {
            String root = entry.strip();
            if (root.isEmpty()) {
                throw new IllegalArgumentException(
                        option
                                + ": a folder is missing; leave the option out to allow all folders");
            }
            if (root.startsWith(CLASSPATH)) {
                onClassPath.add(prefix(option, root));
            } else {
                folders.add(folder(option, root));
            }
        }
        if (folders.isEmpty() && onClassPath.isEmpty()) {
            throw new IllegalArgumentException(
                    option + ": names no folder; leave the option out to allow all folders");
        }
        return new ResourceRoots(option, true, folders, onClassPath);
    }

    private static Path folder(String option, String root) {
        try {
            Path folder = Path.of(root).toAbsolutePath();
            if (Files.isDirectory(folder)) {
                return folder;
            }
            throw new IllegalArgumentException(
                    option
                            + ": "
                            + shown(folder)
                            + (Files.exists(folder)
                                    ? " is no folder"
                                    : " is not there; expected a folder that exists"));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    option + ": no folder can have the name '" + shown(root) + "'", e);
        }
    }

    private static String prefix(String option, String root) {
        String name = ResourceSearch.withoutSlash(root.substring(CLASSPATH.length()));
        String folder = name.endsWith("/") || name.isEmpty() ? name : name + "/";
        if (!folder.isEmpty() && !isPlain(folder.substring(0, folder.length() - 1))) {
            throw new IllegalArgumentException(
                    option
                            + ": '"
                            + shown(root)
                            + "' is no folder of the class path; expected one such as"
                            + " classpath:modules/");
        }
        return folder;
    }

    boolean bounded() {
        return bounded;
    }

    /** Whether a plain name on the class path is below a root of the class path. */
    boolean allowOnClassPath(String name) {
        return !bounded || onClassPath.stream().anyMatch(name::startsWith);
    }

    String option() {
        return option;
    }

    /**
     * Where a file really is.
     *
     * @param path a file that exists
     * @param nouns what is looked for
     * @param also another folder that it may be in
     * @throws ResourceRefusedException if that is below no root
     */
    Place locate(Path path, String nouns, Optional<Path> also) throws IOException {
        Path file = real(path);
        List<Path> roots = Stream.concat(folders.stream(), also.stream()).toList();
        for (Path root : roots) {
            // By names, not by letters: /modules-of-others does not begin with /modules.
            Path realRoot = Files.exists(root) ? root.toRealPath() : root;
            if (file.startsWith(realRoot)) {
                return new Place(realRoot, file);
            }
        }
        throw new ResourceRefusedException("it is really " + shown(file) + outside(nouns));
    }

    /** What is open but deleted, and a pipe, have a name below /proc that leads nowhere. */
    private static Path real(Path path) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException e) {
            throw new ResourceRefusedException(
                    shown(path) + " leads to no file that has a name", e);
        }
    }

    /**
     * The root of the class path that a resource is below.
     *
     * @param name a plain name
     * @param nouns what is looked for
     * @return the root's name, empty or with a slash at its end
     * @throws ResourceRefusedException if it is below none
     */
    String requireOnClassPath(String name, String nouns) {
        return onClassPath.stream()
                .filter(name::startsWith)
                .findFirst()
                .orElseThrow(
                        () ->
                                new ResourceRefusedException(
                                        "it is " + CLASSPATH + shown(name) + outside(nouns)));
    }

    /**
     * Whether a name means one resource to every class loader: each takes names apart in its own
     * way where they lead up.
     */
    static boolean isPlain(String name) {
        return name.indexOf('\\') < 0
                && Stream.of(name.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private String outside(String nouns) {
        return ", outside of the folders that "
                + nouns
                + " may come from: "
                + this
                + " (option "
                + option
                + ")";
    }

    /** The roots, fit to be shown, with commas between them. */
    @Override
    public String toString() {
        return bounded
                ? Stream.concat(
                                folders.stream().map(Path::toString),
                                onClassPath.stream().map(name -> CLASSPATH + name))
                        .map(ResourceRoots::shown)
                        .collect(Collectors.joining(", "))
                : "anywhere";
    }

    private static String shown(Object place) {
        return GuestText.escape(place.toString(), SHOWN);
    }
}
