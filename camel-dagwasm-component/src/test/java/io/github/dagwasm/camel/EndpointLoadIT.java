package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.RunFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which endpoints are refused when a pipeline is loaded, and that nothing tells a secret. */
class EndpointLoadIT extends EndpointFixture {

    private static final String ASK =
            "processors:\n  - { id: ask, backend: camel, endpoint: \"%s\" }\n";

    private static final String AT = "ask.dagwasm.yaml:2:42: processors[0].endpoint: ";

    private static final String LEADS_BACK =
            "it leads back to the pipeline that is being loaded; a pipeline's endpoint must not be"
                    + " the pipeline itself, nor one that leads to it";

    private DagWasmException refusal(String pipeline) {
        camel.context.start();
        Throwable thrown =
                catchThrowable(
                        () -> {
                            Producer producer =
                                    camel.context.getEndpoint(pipeline).createProducer();
                            producer.start();
                        });
        Throwable next = thrown;
        while (next != null && !(next instanceof DagWasmException)) {
            next = next.getCause();
        }
        assertThat(next).as("%s", thrown).isNotNull();
        return (DagWasmException) next;
    }

    private String message(String endpoint) {
        return refusal(camel.pipeline("ask", ASK.formatted(endpoint)))
                .getMessage()
                .replace(folder + "/", "");
    }

    private void allow(String schemes) {
        DagWasmComponent component = camel.context.getComponent("dagwasm", DagWasmComponent.class);
        component.setAllowedEndpointSchemes(schemes);
        component.setResolvableProperties("there");
    }

    private void property(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        camel.context.getPropertiesComponent().setInitialProperties(properties);
    }

    @ParameterizedTest
    @CsvSource({
        "log:x, log:x, scheme 'log' is not allowed",
        "DIRECT:x, DIRECT:x, scheme 'DIRECT' is not allowed",
        "ref:x, ref:x, scheme 'ref' is not allowed",
        "{{there}}, {{there}}, scheme '{{there}}' is not allowed",
        "dagwasm:local:x, dagwasm:local:x, scheme 'dagwasm' is not allowed"
    })
    void aSchemeThatIsNotAllowedIsRefusedAtItsPlace(String endpoint, String shown, String problem) {
        property("there", "log:hidden");
        allow("direct,file");

        assertThat(message(endpoint))
                .isEqualTo(
                        AT
                                + "processor 'ask' ("
                                + shown
                                + "): "
                                + problem
                                + "; expected direct, file (component option"
                                + " allowedEndpointSchemes)");
        assertThat(camel.context.getEndpoints())
                .noneMatch(endpoints -> endpoints.getEndpointUri().startsWith("log"));
    }

    @Test
    void aComponentThatIsNotThereIsToldOf() {
        assertThat(message("nonesuch:x"))
                .isEqualTo(
                        AT
                                + "processor 'ask' (nonesuch:x): there is no component 'nonesuch';"
                                + " is its jar on the class path?");
    }

    @Test
    void allFaultsOfAFileAreToldAtOnce() {
        String two =
                camel.pipeline(
                        "ask",
                        """
                        processors:
                          - { id: one, backend: camel, endpoint: "nonesuch:x" }
                          - { id: two, backend: camel, endpoint: "seda:x?exchangePattern=InOnly" }
                        output: one
                        """);

        assertThat(refusal(two).getMessage().replace(folder + "/", ""))
                .isEqualTo(
                        "ask.dagwasm.yaml:2:42: processors[0].endpoint: processor 'one'"
                                + " (nonesuch:x): there is no component 'nonesuch'; is its jar on"
                                + " the class path?\n"
                                + "ask.dagwasm.yaml:3:42: processors[1].endpoint: processor 'two'"
                                + " (seda:x?exchangePattern=InOnly): exchangePattern in the URI is"
                                + " InOnly, but options.pattern is InOut; say it with"
                                + " options.pattern alone");
    }

    @Test
    void aPipelineThatIsItsOwnEndpointIsRefused() {
        String self = "dagwasm:pipeline:file:" + folder + "/ask.dagwasm.yaml";

        assertThat(message(self))
                .isEqualTo(
                        AT
                                + "processor 'ask' ("
                                + self.replace(folder + "/", "")
                                + "): "
                                + LEADS_BACK);
    }

    @Test
    void aPipelineThatLeadsBackThroughAnotherIsRefused() {
        String there = "dagwasm:pipeline:file:" + folder + "/there.dagwasm.yaml";
        String back = "dagwasm:pipeline:file:" + folder + "/ask.dagwasm.yaml";
        camel.pipeline("there", ASK.formatted(back));

        assertThat(message(there)).startsWith(AT).endsWith(LEADS_BACK);
    }

    @Test
    void pipelinesThatLeadToEachOtherDoNotWaitForEachOther() throws Exception {
        String one = "dagwasm:pipeline:file:" + folder + "/one.dagwasm.yaml";
        String two = "dagwasm:pipeline:file:" + folder + "/two.dagwasm.yaml";
        camel.pipeline("one", ASK.formatted(two));
        camel.pipeline("two", ASK.formatted(one));
        camel.context.start();
        CyclicBarrier together = new CyclicBarrier(2);
        List<CompletableFuture<Throwable>> loads = new ArrayList<>();

        for (String uri : List.of(one, two)) {
            Producer producer = camel.context.getEndpoint(uri).createProducer();
            CompletableFuture<Throwable> load = new CompletableFuture<>();
            loads.add(load);
            new Thread(
                            () ->
                                    load.complete(
                                            catchThrowable(
                                                    () -> {
                                                        together.await();
                                                        producer.start();
                                                    })))
                    .start();
        }

        for (CompletableFuture<Throwable> load : loads) {
            assertThat(load.get()).hasStackTraceContaining(LEADS_BACK);
        }
    }

    @Test
    void aPipelineThatIsUsedTwiceIsNoCircle() {
        String inner =
                camel.pipeline(
                        "inner",
                        "processors: [ { id: up, backend: local, impl: change_text_case_upper } ]");
        String outer =
                camel.pipeline(
                        "outer",
                        """
                        processors:
                          - { id: one, backend: camel, endpoint: "%s" }
                          - { id: two, backend: camel, endpoint: "%s", depends_on: [one] }
                        """
                                .formatted(inner, inner));

        assertThat(sent(outer, "abc").getMessage().getBody()).isEqualTo("ABC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonesuch://joe:s3cr3t@host/x",
                "nonesuch:joe:s3cr3t@host/x",
                "nonesuch:x?password=s3cr3t",
                "nonesuch:x?password=RAW(s3cr3t)",
                "nonesuch:x?a=b&accessToken=RAW{s3cr3t}&c=d",
                "nonesuch:x?clientSecret=s3cr3t",
                "file:x?bogus=1&password=s3cr3t",
                "file:x?bogus=1&apiKey=RAW(a&s3cr3t)"
            })
    void noSecretOfAnEndpointIsToldAtLoad(String endpoint) {
        DagWasmException refused = refusal(camel.pipeline("ask", ASK.formatted(endpoint)));

        assertThat(refused.getMessage()).contains("xxxxxx");
        assertThat(everything(refused)).doesNotContain("s3cr3t");
    }

    @Test
    void noSecretOfAnEndpointIsToldWhenItFails() {
        camel.context.addComponent(
                "awkward",
                new AwkwardComponent(
                        (exchange, callback) -> {
                            throw new IllegalStateException(
                                    "login of joe with s%2Fcr3t failed, s/cr3t is wrong");
                        }));

        Exchange exchange =
                sent(
                        camel.pipeline(
                                "ask", ASK.formatted("awkward:joe?option.password=RAW(s/cr3t)")),
                        "abc");

        assertThat(exchange.getException())
                .isInstanceOf(RunFailedException.class)
                .hasMessage(
                        "pipeline 'ask': processor 'ask' (awkward:joe?option.password=xxxxxx):"
                                + " java.lang.IllegalStateException:"
                                + " java.lang.IllegalStateException: login of joe with xxxxxx"
                                + " failed, xxxxxx is wrong");
        assertThat(everything(exchange.getException()))
                .doesNotContain("s/cr3t")
                .doesNotContain("s%2Fcr3t");
        assertThat(exchange.getProperty(DagWasmConstants.REPORT).toString()).doesNotContain("cr3t");
    }

    @Test
    void aSecretThatIsSuppressedOrHasBlanksIsNotToldEither() {
        camel.context.addComponent(
                "awkward",
                new AwkwardComponent(
                        (exchange, callback) -> {
                            var thrown = new IllegalStateException("no x?p=s%20zr3t");
                            thrown.addSuppressed(new IllegalStateException("s zr3t"));
                            throw thrown;
                        }));

        Exchange exchange =
                sent(
                        camel.pipeline(
                                "ask", ASK.formatted("awkward:joe?option.password=RAW(s zr3t)")),
                        "abc");

        assertThat(exchange.getException())
                .hasMessage(
                        "pipeline 'ask': processor 'ask' (awkward:joe?option.password=xxxxxx):"
                                + " java.lang.IllegalStateException:"
                                + " java.lang.IllegalStateException: no x?p=xxxxxx");
        assertThat(everything(exchange.getException())).doesNotContain("zr3t");
    }

    private static String everything(Throwable thrown) {
        return Throwables.getStackTrace(thrown);
    }
}
