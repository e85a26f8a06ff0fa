package io.github.dagwasm.camel;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/**
 * Runs the pipelines of {@link PackagedPipelinesIT} from the class path of this thread. Its main
 * method does so in an executable jar.
 */
public final class PackagedPipelines {

    /** How Camel names the file, and what it makes of the text. */
    static final List<String> EXPECTED =
            List.of(
                    "dagwasm:pipeline:classpath:pipelines/hello.dagwasm.yaml: x-beside-below",
                    "dagwasm:pipeline:pipelines/hello.dagwasm.yaml: x-beside-below",
                    "route classpath:pipelines/hello.dagwasm.yaml: x-beside-below",
                    "dagwasm:pipeline:classpath:pipelines/hello.dagwasm.yaml within classpath:pipelines/: x-beside-below",
                    "dagwasm:pipeline:classpath:pipelines/hello.dagwasm.yaml within classpath:elsewhere/: outside");

    private PackagedPipelines() {}

    /** Prints a line for each way. */
    public static void main(String[] arguments) throws Exception {
        for (String line : lines()) {
            System.out.println(line);
        }
    }

    static List<String> lines() throws Exception {
        String file = "classpath:pipelines/hello.dagwasm.yaml";
        List<String> lines = new ArrayList<>();
        lines.add(endpoint("dagwasm:pipeline:" + file, null));
        lines.add(endpoint("dagwasm:pipeline:pipelines/hello.dagwasm.yaml", null));
        lines.add(route(file));
        lines.add(endpoint("dagwasm:pipeline:" + file, "classpath:pipelines/"));
        lines.add(endpoint("dagwasm:pipeline:" + file, "classpath:elsewhere/"));
        return lines;
    }

    private static DefaultCamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.setApplicationContextClassLoader(Thread.currentThread().getContextClassLoader());
        return context;
    }

    private static String endpoint(String uri, String roots) throws Exception {
        try (DefaultCamelContext context = context()) {
            context.getComponent("dagwasm", DagWasmComponent.class).setModuleRoots(roots);
            context.start();
            String name = uri + (roots == null ? "" : " within " + roots);
            try {
                return name
                        + ": "
                        + context.createProducerTemplate().requestBody(uri, "x", String.class);
            } catch (RuntimeException e) {
                return name + ": " + reason(e);
            }
        }
    }

    private static String reason(Throwable thrown) {
        Throwable next = thrown;
        while (next.getCause() != null) {
            next = next.getCause();
        }
        boolean outside = next.getMessage().contains(", outside of the folders that modules may");
        return outside ? "outside" : next.getMessage();
    }

    private static String route(String location) throws Exception {
        try (DefaultCamelContext context = context()) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(PluginHelper.getResourceLoader(context).resolveResource(location));
            context.start();
            return "route "
                    + location
                    + ": "
                    + context.createProducerTemplate()
                            .requestBody("direct:hello", "x", String.class);
        }
    }
}
