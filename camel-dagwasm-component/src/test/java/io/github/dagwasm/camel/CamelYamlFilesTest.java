package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Camel warns of nothing in the route files that examples and documents show. */
class CamelYamlFilesTest {

    private static final Path EXAMPLES = Path.of("../examples");
    private static final String SUFFIX = ".camel.yaml";

    @TempDir Path folder;

    private static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files
                    .filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleIsLoadedWithoutAWarning(Path file) throws Exception {
        assertThat(warnings(file)).isEmpty();
    }

    private static Stream<Map.Entry<String, String>> documented() throws IOException {
        Map<String, String> files = new LinkedHashMap<>(DocumentedFiles.ofReadme());
        files.putAll(DocumentedFiles.ofComponentPage());
        files.putAll(DocumentedFiles.ofLanguagePage());
        return files.entrySet().stream().filter(file -> file.getKey().endsWith(SUFFIX));
    }

    @ParameterizedTest
    @MethodSource("documented")
    void whatADocumentShowsIsLoadedWithoutAWarning(Map.Entry<String, String> file)
            throws Exception {
        Path name = Path.of(file.getKey()).getFileName();

        assertThat(warnings(Files.writeString(folder.resolve(name), file.getValue()))).isEmpty();
    }

    /** Camel does so since 4.22. */
    @Test
    void aCompactStepIsWarnedOf() throws Exception {
        String version = new DefaultCamelContext().getVersion();
        int minor = Integer.parseInt(version.split("\\.", -1)[1]);
        assumeTrue(minor >= 22, "Camel " + version + " warns of none");
        Path file =
                Files.writeString(
                        folder.resolve("compact.camel.yaml"),
                        "- from:\n    uri: direct:a\n    steps:\n      - to: seda:b\n");

        assertThat(warnings(file)).contains("compact notation");
    }

    private static String warnings(Path file) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (DefaultCamelContext context = new DefaultCamelContext();
                PrintStream recording = new PrintStream(told, true, StandardCharsets.UTF_8)) {
            context.disableJMX();
            context.build();
            System.setErr(recording);
            for (RoutesBuilder builder : builders(context, file)) {
                ((RouteBuilder) builder).setCamelContext(context);
                ((RouteBuilder) builder).configure();
            }
        } finally {
            System.setErr(before);
        }
        List<String> lines =
                new ArrayList<>(told.toString(StandardCharsets.UTF_8).lines().toList());
        lines.removeIf(line -> line.contains(" INFO "));
        return String.join("\n", lines);
    }

    private static Iterable<? extends RoutesBuilder> builders(
            DefaultCamelContext context, Path file) throws Exception {
        return PluginHelper.getRoutesLoader(context)
                .findRoutesBuilders(
                        List.of(
                                PluginHelper.getResourceLoader(context)
                                        .resolveResource("file:" + file)),
                        false);
    }
}
