package io.github.dagwasm.cli.serve;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.PropertiesLocation;
import org.apache.camel.main.DefaultMainShutdownStrategy;
import org.apache.camel.main.Main;

/**
 * camel-main on a folder: its route files, its properties, and defaults that these can change.
 * Everything else is as in any camel-main application.
 */
final class FolderMain extends Main {

    /** Less than what a Kubernetes pod is given. */
    private static final int SHUTDOWN_SECONDS = 25;

    private static final String CAMEL = "camel.";

    private final RouteFolder folder;

    FolderMain(RouteFolder folder, Map<String, String> properties) {
        this.folder = folder;
        // Who stops it is StopSignals: a shutdown hook would race with the last lines of output.
        DefaultMainShutdownStrategy strategy = new DefaultMainShutdownStrategy(this);
        strategy.disableHangupSupport();
        setShutdownStrategy(strategy);
        setRoutesCollector(new FolderRoutesCollector(folder));
        configure().withRoutesIncludePattern("false").withShutdownTimeout(SHUTDOWN_SECONDS);
        addInitialProperty("camel.main.yamlDslCompactNotationWarn", "false");
        addOverrideProperty("dagwasm.dir", folder.absolute());
        properties.forEach(this::set);
    }

    /** In camel-main the environment wins over properties, and the JVM's properties over it. */
    private void set(String key, String value) {
        addOverrideProperty(key, value);
        if (key.startsWith(CAMEL)) {
            System.setProperty(key, value);
        }
    }

    @Override
    protected CamelContext createCamelContext() {
        CamelContext context = super.createCamelContext();
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        properties.setEnvironmentVariableMode(
                PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        properties.setLocations(
                List.of(new PropertiesLocation("file", folder.properties().toString(), true)));
        return context;
    }
}
