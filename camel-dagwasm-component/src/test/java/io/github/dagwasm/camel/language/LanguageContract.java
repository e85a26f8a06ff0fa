package io.github.dagwasm.camel.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.camel.UnreadableBodyException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What routes do with the language, in whichever language they are written themselves. */
abstract class LanguageContract extends CamelTestSupport {

    private static final String LONG =
            """
            processors:
              - { id: lower, backend: local, impl: change_text_case_lower }
              - { id: long, backend: local, impl: long, depends_on: [lower] }
            """;

    @TempDir Path folder;

    /** Writes and binds what the expressions name. */
    void prepareResources() throws IOException {
        TextProcessor isLong =
                call -> ProcessorResult.of(call.text().string().length() > 5 ? " True\n" : "FALSE");
        context.getRegistry().bind("long", TextProcessor.class, isLong);
        Files.writeString(folder.resolve("long.dagwasm.yaml"), LONG);
        TestModule.write(folder.resolve("bang.wasm"), TestModules.append("!"));
        TestModule.write(folder.resolve("end.wasm"), TestModules.append(";end"));
    }

    private List<Object> bodies(String uri) {
        return getMockEndpoint(uri).getExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody())
                .toList();
    }

    @Test
    void aFilterLetsThroughWhatAPipelineAffirms() {
        template.sendBody("direct:filter", "short");
        template.sendBody("direct:filter", "longer");

        assertThat(bodies("mock:filtered")).containsExactly("longer");
    }

    @Test
    void aChoiceGoesByWhatAProcessorSays() {
        template.sendBody("direct:choice", "short");
        template.sendBody("direct:choice", "longer");

        assertThat(bodies("mock:long")).containsExactly("longer");
        assertThat(bodies("mock:short")).containsExactly("short");
    }

    @Test
    void aHeaderIsWhatAModuleMakesOfTheBody() {
        template.sendBody("direct:header", "héllo");

        Exchange result = getMockEndpoint("mock:header").getExchanges().get(0);
        assertThat(result.getMessage().getHeader("shout")).isEqualTo("héllo!");
        assertThat(result.getMessage().getHeaders()).containsOnlyKeys("shout");
        assertThat(result.getMessage().getBody()).isEqualTo("héllo");
    }

    @Test
    void thePartsThatAModuleMakesAreMessagesOfTheirOwn() throws Exception {
        MockEndpoint parts = getMockEndpoint("mock:parts");
        parts.expectedBodiesReceived("a,b", "c", "end");

        Object whole = template.requestBody("direct:split", "a,b;c");

        parts.assertIsSatisfied();
        assertThat(whole).isEqualTo("a,b;c");
    }

    @Test
    void whatIsNoTextIsTheMessagesFailure() {
        Exchange result = template.send("direct:header", e -> e.getMessage().setBody(List.of()));

        assertThat(result.getException())
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessage(
                        "pipeline 'bang': the body is a java.util.ImmutableCollections$ListN, which is"
                                + " no text; convert it before, for instance with convertBodyTo or"
                                + " marshal");
    }
}
