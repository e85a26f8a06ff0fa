package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import io.github.dagwasm.pipeline.Placeholders;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may stand in a file of a processor that is an endpoint; no Camel is needed to say so. */
class CamelBackendTest {

    private final List<String> made = new ArrayList<>();

    private final CamelBackend backend =
            new CamelBackend(
                    () -> {
                        made.add("supplied");
                        return new Recorded(made);
                    });

    /** Makes processors that do nothing. */
    private record Recorded(List<String> made) implements EndpointProcessors {

        @Override
        public TextProcessor create(ProcessorDefinition definition) {
            made.add(definition.id());
            return call -> ProcessorResult.of(call.text());
        }

        @Override
        public void close() {
            made.add("closed");
        }
    }

    private PipelineDefinition read(String processor) {
        String yaml = "processors:\n  - { id: ask, backend: camel, " + processor + " }\n";
        return new PipelineReader(List.of(backend), Placeholders.of(key -> Optional.empty()))
                .read("p.yaml", yaml.getBytes(StandardCharsets.UTF_8), Optional.empty());
    }

    @Test
    void aProcessorIsAnEndpointAndNothingElseIsNeeded() {
        PipelineDefinition definition = read("endpoint: 'direct:a'");

        assertThat(definition.processors()).hasSize(1);
        assertThat(made).isEmpty();
        assertThat(backend.defaultTimeout()).contains(Duration.ofSeconds(30));
        assertThat(backend.resourceKey()).contains("endpoint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout_seconds: 1|2:5: processors[0]: processor 'ask' (backend camel) needs"
                        + " 'endpoint'",
                "endpoint: inbox|2:42: processors[0].endpoint: found 'inbox'; expected an endpoint"
                        + " URI such as file:inbox",
                "endpoint: 'direct:a', module: x.wasm|2:54: processors[0]: unknown key 'module'",
                "endpoint: 'direct:a', limits: { output_bytes: -1 }|2:78:"
                        + " processors[0].limits.output_bytes: found -1; expected a whole number"
                        + " from 0 to 1073741824",
                "endpoint: 'direct:a', options: { intent: tell }|2:73:"
                        + " processors[0].options.intent: no intent 'tell'; expected transform or"
                        + " analyze",
                "endpoint: 'direct:a', options: { pattern: inonly }|2:74:"
                        + " processors[0].options.pattern: no pattern 'inonly'"
                        + " (did you mean 'InOnly'?)",
                "endpoint: 'direct:a', options: { headers: [CamelHttpUri] }|2:74:"
                        + " processors[0].options.headers: 'CamelHttpUri': nothing whose name begins"
                        + " with Camel is shown to a processor",
                "endpoint: 'direct:a', options: { headers: [a, A] }|2:74:"
                        + " processors[0].options.headers: 'A' is there twice; upper and lower case"
                        + " make no difference",
                "endpoint: 'direct:a', options: { result_headers: [JMSReplyTo] }|2:81:"
                        + " processors[0].options.result_headers: 'JMSReplyTo': no processor sets"
                        + " anything whose name begins with JMS",
                "endpoint: 'direct:a', options: { result_headers: [traceparent] }|2:81:"
                        + " processors[0].options.result_headers: 'traceparent': it belongs to the"
                        + " message's trace, which no processor sets",
                "endpoint: 'direct:a', options: { result_headers: ['a b'] }|2:81:"
                        + " processors[0].options.result_headers: 'a b': a plain name is a letter"
                        + " or digit, then letters, digits, '_', '.' and '-', 128 characters at the"
                        + " most",
                "endpoint: 'direct:a', options: { pattern: InOnly, result_headers: [a] }|2:98:"
                        + " processors[0].options.result_headers: there is no answer with pattern:"
                        + " InOnly; expected pattern: InOut, or no result_headers",
                "endpoint: 'direct:a', options: { retry_on: ['a b'] }|2:76:"
                        + " processors[0].options.retry_on[0]: found 'a b'; expected the name of a"
                        + " class such as SQLException"
            })
    void aFaultIsToldAtItsPlace(String processor, String message) {
        assertThatThrownBy(() -> read(processor))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage("p.yaml:" + message);
    }

    @Test
    void whatMakesProcessorsIsAskedForByTheFirstAndClosedWithTheBackend() {
        PipelineDefinition definition = read("endpoint: 'direct:a'");
        ProcessorDefinition processor = definition.definitionOf(definition.processors().get(0));

        for (int i = 0; i < 2; i++) {
            backend.create(processor).close();
        }
        backend.close();
        backend.close();

        assertThat(made).containsExactly("supplied", "ask", "ask", "closed");
    }
}
