package io.github.dagwasm.camel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.WrappedFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;

/**
 * What {@link SparseClassPathIT} runs: a pipeline file as a route and bodies of all kinds, in a
 * context that has Camel's core and no more.
 */
public final class SparseApplication {

    /** Classes of artefacts that are to be absent. */
    static final List<String> ABSENT =
            List.of(
                    "org.apache.camel.component.file.GenericFile",
                    "org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader",
                    "org.apache.camel.dsl.support.RouteBuilderLoaderSupport",
                    "org.apache.camel.main.Main");

    private SparseApplication() {}

    /** Runs in the folder that has {@code shout.dagwasm.yaml}, and prints a line for each body. */
    public static void main(String[] arguments) throws Exception {
        for (String name : ABSENT) {
            System.out.println(name + ": " + (isThere(name) ? "there" : "absent"));
        }
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(
                            PluginHelper.getResourceLoader(context)
                                    .resolveResource("file:shout.dagwasm.yaml"));
            context.start();
            ProducerTemplate template = context.createProducerTemplate();
            for (Map.Entry<String, Object> body : bodies().entrySet()) {
                System.out.println(
                        body.getKey()
                                + ": "
                                + template.requestBody(
                                        "direct:shout", body.getValue(), String.class));
            }
        }
    }

    private static boolean isThere(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Map<String, Object> bodies() throws Exception {
        Path file = Files.writeString(Path.of("in.txt"), "of a file");
        Map<String, Object> bodies = new LinkedHashMap<>();
        bodies.put("String", "a string");
        bodies.put("byte[]", "some bytes".getBytes(ISO_8859_1));
        bodies.put("InputStream", new ByteArrayInputStream("a stream".getBytes(ISO_8859_1)));
        bodies.put("File", file.toFile());
        bodies.put("WrappedFile", new Wrapped(file));
        return bodies;
    }

    record Wrapped(Path path) implements WrappedFile<Path> {

        @Override
        public Path getFile() {
            return path;
        }

        @Override
        public Object getBody() {
            return null;
        }

        /** Asked for by newer versions of Camel. */
        public long getFileLength() {
            return path.toFile().length();
        }
    }
}
