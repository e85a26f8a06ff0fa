package io.github.dagwasm.cli.serve;

import io.github.dagwasm.failure.DagWasmException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.main.DefaultRoutesCollector;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceSupport;

/**
 * Loads exactly the route files of a folder, whatever characters its name has, and then what {@code
 * camel.main.routesIncludePattern} names besides. Faulty files are told of all at once.
 */
final class FolderRoutesCollector extends DefaultRoutesCollector {

    private final RouteFolder folder;

    FolderRoutesCollector(RouteFolder folder) {
        this.folder = folder;
    }

    @Override
    public Collection<RoutesBuilder> collectRoutesFromDirectory(
            CamelContext context, String excludePattern, String includePattern) {
        RoutesLoader loader = PluginHelper.getRoutesLoader(context);
        List<RoutesBuilder> builders = new ArrayList<>();
        List<DagWasmException> faults = new ArrayList<>();
        for (Path file : folder.routes()) {
            try {
                builders.addAll(loader.findRoutesBuilders(List.of(new RouteFile(file)), false));
            } catch (Exception e) {
                faults.add(new UnservableException(StartFailure.sentence(e, file), e));
            }
        }
        if (!faults.isEmpty()) {
            throw UnservableException.of(faults);
        }
        builders.addAll(super.collectRoutesFromDirectory(context, excludePattern, includePattern));
        return builders;
    }

    /** A file that Camel's messages call what the user calls it. */
    private static final class RouteFile extends ResourceSupport {

        private final Path file;

        RouteFile(Path file) {
            super("file", "file:" + file);
            this.file = file;
        }

        @Override
        public boolean exists() {
            return Files.exists(file);
        }

        @Override
        public URI getURI() {
            return file.toUri();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
