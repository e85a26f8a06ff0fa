package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.RealMdc;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** An application that has no OpenTelemetry, in a JVM of its own. */
class WithoutOpenTelemetryIT {

    @TempDir Path folder;

    @Test
    void theComponentWorksAndTheMdcGoesAlong() throws Exception {
        Process java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                "-cp",
                                classPath(),
                                Asking.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).as(output).isZero();
        assertThat(output)
                .isEqualTo(
                        """
                        OpenTelemetry: none
                        processor: acme
                        endpoint: acme
                        after: acme
                        body: text!
                        """);
    }

    private static String classPath() {
        String all =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !entry.contains("opentelemetry"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** A message on threads of both pools. */
    static final class Asking {

        private Asking() {}

        public static void main(String[] arguments) {
            RealMdc.install();
            System.out.println("OpenTelemetry: " + openTelemetry());
            TextProcessor look =
                    call -> {
                        tell("processor");
                        return ProcessorResult.of(call.text().string() + "!");
                    };
            try (CamelFixture camel = new CamelFixture(Path.of(arguments[0]))) {
                camel.context.getRegistry().bind("look", TextProcessor.class, look);
                String uri =
                        camel.pipeline(
                                "asking",
                                """
                                processors:
                                  - { id: a, backend: local, impl: look, timeout_seconds: 3600 }
                                  - { id: b, backend: camel, endpoint: "direct:b", depends_on: [a] }
                                """);
                camel.routes(r -> r.from("direct:in").to(uri).process(e -> tell("after")));
                camel.routes(r -> r.from("direct:b").process(e -> tell("endpoint")));
                camel.context.start();
                MDC.put("tenant", "acme");
                Exchange result = camel.send("direct:in", "text");
                System.out.println("body: " + result.getMessage().getBody());
            }
        }

        private static String openTelemetry() {
            try {
                return Class.forName("io.opentelemetry.context.Context").getName();
            } catch (ClassNotFoundException e) {
                return "none";
            }
        }

        private static void tell(String place) {
            if (Thread.currentThread().getName().contains("dagwasm")) {
                System.out.println(place + ": " + MDC.get("tenant"));
            }
        }
    }
}
