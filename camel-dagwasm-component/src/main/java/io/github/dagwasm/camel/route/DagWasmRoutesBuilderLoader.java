package io.github.dagwasm.camel.route;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.ResourceFolder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.StartupStep;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.StartupStepRecorder;
import org.apache.camel.spi.annotations.RoutesLoader;
import org.apache.camel.support.RoutesBuilderLoaderSupport;

/**
 * Loads {@code NAME.dagwasm.yaml} as the route {@code NAME}: from its {@code from}, or {@code
 * direct:NAME}, through the pipeline to its {@code to}, where there is one. A file with faults does
 * not load, and whoever starts the context learns all of them with their lines.
 */
@RoutesLoader(DagWasmRoutesBuilderLoader.EXTENSION)
public final class DagWasmRoutesBuilderLoader extends RoutesBuilderLoaderSupport {

    /** What the names of pipeline files that are routes end with, after the first dot. */
    public static final String EXTENSION = "dagwasm.yaml";

    private static final String COMPONENT = "dagwasm";
    private static final String FILE = "file";
    private static final String CLASSPATH = "classpath:";

    /** Made by Camel, by the extension. */
    public DagWasmRoutesBuilderLoader() {}

    @Override
    public String getSupportedExtension() {
        return EXTENSION;
    }

    /**
     * Reads the file.
     *
     * @throws PipelineFileException if it has faults
     */
    @Override
    public RoutesBuilder loadRoutesBuilder(Resource resource) throws IOException {
        StartupStepRecorder recorder =
                getCamelContext().getCamelContextExtension().getStartupStepRecorder();
        StartupStep step =
                recorder.beginStep(
                        getClass(),
                        resource.getLocation(),
                        "Loading route from: " + resource.getLocation());
        try {
            return load(resource);
        } finally {
            recorder.endStep(step);
        }
    }

    private RoutesBuilder load(Resource resource) throws IOException {
        DagWasmComponent component =
                getCamelContext().getComponent(COMPONENT, DagWasmComponent.class);
        String file = file(resource);
        byte[] utf8;
        try (InputStream in = resource.getInputStream()) {
            if (in == null) {
                throw new FileNotFoundException(resource.getLocation());
            }
            utf8 = in.readAllBytes();
        }
        PipelineDefinition definition =
                component.pipelineReader().read(file, utf8, directory(resource));
        return new PipelineRoute(component, definition, resource);
    }

    /** What users call the file: its path, where it has one. */
    private static String file(Resource resource) {
        String location = resource.getLocation();
        return isFile(resource) && location.startsWith(FILE + ":")
                ? location.substring(FILE.length() + 1)
                : location;
    }

    /**
     * Of the file that Camel opens: it decodes the location, which says {@code %20} for a blank.
     */
    private static Optional<ResourceFolder> directory(Resource resource) {
        String location = resource.getLocation();
        try {
            if (isFile(resource)) {
                return Optional.ofNullable(Path.of(resource.getURI()).toAbsolutePath().getParent())
                        .map(ResourceFolder::of);
            }
            URL url = resource.getURL();
            return location.startsWith(CLASSPATH)
                    ? Optional.of(
                            ResourceFolder.ofClassPath(
                                    location.substring(CLASSPATH.length()).replaceFirst("^/+", ""),
                                    url))
                    : ResourceFolder.ofArchived(url);
        } catch (IllegalArgumentException | FileSystemNotFoundException | MalformedURLException e) {
            return Optional.empty();
        }
    }

    private static boolean isFile(Resource resource) {
        return FILE.equals(resource.getScheme());
    }
}
