package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.wasm.TestModules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A DAG of local, wasm and camel processors, one of which calls an HTTP service that is well, slow,
 * failing and dying in turn.
 */
class SlowServiceIT extends EndpointFixture {

    private static final int EXCHANGES = 200;
    private static final int CALLERS = 4;

    private static final String DAG =
            """
            executor_options: { retry_attempts: %d }
            processors:
              - { id: prepare, backend: local, impl: change_text_case_upper }
              - { id: check, backend: wasm, module: echo.wasm, depends_on: [prepare] }
              - { id: count, backend: local, impl: token_counter, depends_on: [prepare] }
              - id: enrich
                backend: camel
                endpoint: "%s"
                depends_on: [check, count]
                merge: deepest
                timeout_seconds: %s
                options: { retry_on: [HttpOperationFailedException], result_headers: [X-Served-By] }
              - { id: finish, backend: wasm, module: echo.wasm, depends_on: [enrich] }
            """;

    private final MoodyService service = new MoodyService();

    @BeforeEach
    void writeModule() {
        camel.module("echo", TestModules.echo());
    }

    @AfterEach
    void closeService() {
        service.close();
    }

    private String dag(int retries, double seconds) {
        return camel.pipeline("dag", DAG.formatted(retries, service.uri(), seconds));
    }

    private static List<ProcessorReport> reports(Exchange exchange) {
        return exchange.getProperty(DagWasmConstants.REPORT, RunReport.class).processors();
    }

    private static ProcessorReport enrich(Exchange exchange) {
        return reports(exchange).get(3);
    }

    static Stream<Arguments> moods() {
        return Stream.of(
                Arguments.of(
                        MoodyService.Mood.HANGING,
                        "timeout",
                        "stopped after 0.3 s (processors[3].timeout_seconds)"),
                Arguments.of(
                        MoodyService.Mood.FAILING,
                        "endpoint_failure",
                        "org.apache.camel.http.base.HttpOperationFailedException: HTTP operation"
                                + " failed invoking URI with statusCode: 500"),
                Arguments.of(
                        MoodyService.Mood.DYING,
                        "endpoint_failure",
                        "org.apache.hc.core5.http.ConnectionClosedException: Premature end of"
                                + " Content-Length delimited message body (expected: 100; received:"
                                + " 4)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moods")
    void theReportSaysWhichProcessorFailedHowAndAfterHowManyTries(
            MoodyService.Mood mood, String kind, String message) {
        service.is(mood);

        Exchange exchange = sent(dag(2, 0.3), "grüße");

        String told = message.replace("URI", service.uri());
        assertThat(exchange.getException())
                .hasMessage("pipeline 'dag': processor 'enrich' (" + service.uri() + "): " + told);
        assertThat(exchange.getMessage().getBody()).isEqualTo("grüße");
        assertThat(reports(exchange))
                .extracting(processor -> processor.id() + " " + processor.outcome().key())
                .containsExactly(
                        "prepare succeeded",
                        "check succeeded",
                        "count succeeded",
                        "enrich failed",
                        "finish cancelled");
        assertThat(enrich(exchange).tries()).isEqualTo(3);
        assertThat(enrich(exchange).failure().orElseThrow().kind()).isEqualTo(kind);
        assertThat(enrich(exchange).failure().orElseThrow().retryable()).isTrue();
        await().until(() -> service.requests() == 3);
    }

    @Test
    void whatIsWellAgainAfterATryAnswers() {
        service.is(MoodyService.Mood.BUSY_ONCE);

        Exchange exchange = sent(dag(2, 30), "grüße, 世界");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("<GRÜSSE, 世界>");
        assertThat(exchange.getMessage().getHeader("X-Served-By")).isEqualTo("moody");
        assertThat(enrich(exchange).tries()).isEqualTo(2);
    }

    @Test
    void aServiceThatIsGoneIsTriedAgainAndToldOf() {
        String dag = dag(1, 30);
        service.close();

        Exchange exchange = sent(dag, "abc");

        assertThat(exchange.getException())
                .hasMessageStartingWith(
                        "pipeline 'dag': processor 'enrich' ("
                                + service.uri()
                                + "): org.apache.hc.client5.http.HttpHostConnectException: Connect"
                                + " to http://127.0.0.1:")
                .hasMessageEndingWith("failed: Connection refused");
        assertThat(enrich(exchange).tries()).isEqualTo(2);
    }

    @Test
    void theServicesMoodsInTurnAreToldOneByOne() {
        route(dag(0, 0.5));
        camel.context.start();
        List<String> told = new ArrayList<>();

        for (MoodyService.Mood mood :
                List.of(
                        MoodyService.Mood.WELL,
                        MoodyService.Mood.FAILING,
                        MoodyService.Mood.DYING,
                        MoodyService.Mood.HANGING,
                        MoodyService.Mood.WELL)) {
            service.is(mood);
            Exchange exchange = camel.send("direct:in", "abc");
            told.add(
                    enrich(exchange)
                            .failure()
                            .map(failure -> failure.kind())
                            .orElseGet(() -> CamelFixture.text(exchange)));
        }

        assertThat(told)
                .containsExactly(
                        "<ABC>", "endpoint_failure", "endpoint_failure", "timeout", "<ABC>");
    }

    @Test
    void aServiceThatHangsKeepsNoThreadOfTheCallersAndEveryExchangeEnds() throws Exception {
        service.is(MoodyService.Mood.HANGING);
        route(dag(0, 3));
        camel.context.start();
        Endpoint in = camel.context.getEndpoint("direct:in");
        AsyncProducer producer = in.createAsyncProducer();
        producer.start();
        ExecutorService callers =
                Executors.newFixedThreadPool(CALLERS, task -> new Thread(task, "caller"));
        Collection<Exchange> ended = new ConcurrentLinkedQueue<>();
        Set<String> endedOn = ConcurrentHashMap.newKeySet();
        List<Future<Boolean>> returned = new ArrayList<>();

        for (int i = 0; i < EXCHANGES; i++) {
            Exchange exchange = in.createExchange();
            exchange.getMessage().setBody("text " + i);
            returned.add(
                    callers.submit(
                            () ->
                                    producer.process(
                                            exchange,
                                            here -> {
                                                endedOn.add(Thread.currentThread().getName());
                                                ended.add(exchange);
                                            })));
        }
        for (Future<Boolean> each : returned) {
            // False: the caller's thread went away while its exchange was still under way.
            assertThat(each.get()).isFalse();
        }
        await().until(() -> ended.size() == EXCHANGES);

        callers.shutdown();
        assertThat(endedOn).doesNotContain("caller");
        assertThat(ended.stream().map(this::failure).collect(Collectors.toSet()))
                .isSubsetOf(
                        "stopped after 3 s (processors[3].timeout_seconds)",
                        "not started within 3 s (processors[3].timeout_seconds): all 20 threads"
                                + " that call endpoints are busy (component option"
                                + " endpointPoolSize)");
        assertThat(service.requests()).isLessThanOrEqualTo(20);
        assertNothingIsLeft();
    }

    private String failure(Exchange exchange) {
        return exchange.getException()
                .getMessage()
                .replace("pipeline 'dag': processor 'enrich' (" + service.uri() + "): ", "");
    }

    /** The service lets go of what it holds, and what was never sent is not sent then. */
    private void assertNothingIsLeft() {
        service.is(MoodyService.Mood.WELL);
        service.hangUp();
        await().until(() -> camel.context.getInflightRepository().size() == 0);
        assertThat(service.requests()).isZero();
        assertThat(CamelFixture.text(camel.send("direct:in", "abc"))).isEqualTo("<ABC>");
        camel.context.stop();
        await().until(
                        () ->
                                ComponentThreads.of(camel.context).stream()
                                        .noneMatch(name -> name.contains("dagwasm-endpoints")));
    }
}
