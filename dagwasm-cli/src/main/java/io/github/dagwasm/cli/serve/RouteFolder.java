package io.github.dagwasm.cli.serve;

import io.github.dagwasm.failure.IoReason;
import io.github.dagwasm.pipeline.FolderInUris;
import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.PipelineFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of route files, looked at once.
 *
 * @param directory the folder, as the user named it
 * @param absolute its absolute path
 * @param routes its route files in the order of their names, at least one; each is in the folder
 *     itself
 */
public record RouteFolder(Path directory, String absolute, List<Path> routes) {

    private static final List<String> EXTENSIONS = List.of(".dagwasm.yaml", ".camel.yaml");
    private static final String PROPERTIES = "application.properties";

    /** Keeps the list unmodifiable. */
    public RouteFolder {
        routes = List.copyOf(routes);
    }

    /**
     * Looks for the route files of a folder.
     *
     * @param directory the folder
     * @return what is in it
     * @throws PipelineFileException if there is no such folder, if its path cannot stand in the URI
     *     of an endpoint, if it has no route file, or if Camel would not take one of them for a
     *     route file
     */
    public static RouteFolder of(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw fault(
                    directory,
                    Files.exists(directory)
                            ? "not a folder; expected the folder that the route files are in"
                            : "no such folder; expected it at " + directory.toAbsolutePath());
        }
        List<Path> routes = routeFiles(directory);
        if (routes.isEmpty()) {
            throw fault(
                    directory, "no route; expected a file *.dagwasm.yaml or *.camel.yaml in it");
        }
        String absolute = absolute(directory);
        FolderInUris.problem(absolute)
                .ifPresent(
                        problem -> {
                            throw fault(directory, problem);
                        });
        List<Fault> faults = new ArrayList<>();
        for (Path route : routes) {
            String name = route.getFileName().toString();
            String extension = extension(name);
            String stem = name.substring(0, name.length() - extension.length());
            if (stem.indexOf('.') >= 0) {
                faults.add(
                        new Fault(
                                route.toString(),
                                0,
                                0,
                                "",
                                "Camel takes what follows the first dot for the extension, '"
                                        + name.substring(name.indexOf('.') + 1)
                                        + "', and would not load it; rename it to "
                                        + stem.replace('.', '-')
                                        + extension));
            }
        }
        if (!faults.isEmpty()) {
            throw new PipelineFileException(faults);
        }
        return new RouteFolder(directory, absolute, routes);
    }

    /** Where the folder's properties are, if it has any. */
    Path properties() {
        return Path.of(absolute).resolve(PROPERTIES);
    }

    /** Links stay what they are: they may be there in order to lead elsewhere one day. */
    private static String absolute(Path directory) {
        try {
            return directory.toRealPath(LinkOption.NOFOLLOW_LINKS).toString();
        } catch (IOException e) {
            throw fault(directory, "cannot be read: " + IoReason.of(e));
        }
    }

    /** Hidden files are none: editors leave such copies. */
    private static List<Path> routeFiles(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(
                            file -> {
                                String name = file.getFileName().toString();
                                return !name.startsWith(".")
                                        && !extension(name).isEmpty()
                                        && Files.isRegularFile(file);
                            })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw fault(directory, "cannot be read: " + IoReason.of(e));
        }
    }

    private static String extension(String name) {
        return EXTENSIONS.stream().filter(name::endsWith).findFirst().orElse("");
    }

    private static PipelineFileException fault(Path directory, String problem) {
        return new PipelineFileException(
                List.of(new Fault(directory.toString(), 0, 0, "", problem)));
    }
}
