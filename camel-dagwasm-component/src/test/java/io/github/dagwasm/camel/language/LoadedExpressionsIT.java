package io.github.dagwasm.camel.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.camel.DagWasmEndpoint;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.wasm.TestModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When what expressions name is loaded, with whom it is shared, and for how long. */
class LoadedExpressionsIT extends LanguageFixture {

    private static final String BAD =
            "processors:\n  - { id: a, backend: local, impl: reverse_txt }";

    private void filter(String from, String expression) {
        route(
                routes ->
                        routes.from(from)
                                .routeId(from.replace("direct:", ""))
                                .filter()
                                .language("dagwasm", expression)
                                .to("mock:out"));
    }

    private Object header(String uri, Object body) {
        Exchange result =
                context.createProducerTemplate()
                        .send(uri, exchange -> exchange.getMessage().setBody(body));
        assertThat(result.getException()).isNull();
        return result.getMessage().getHeader("value");
    }

    private void setHeader(String from, String expression) {
        route(
                routes ->
                        routes.from(from)
                                .routeId(from.replace("direct:", ""))
                                .setHeader("value")
                                .language("dagwasm", expression));
    }

    @Test
    void aFaultFailsTheStartWithItsSentence() {
        filter("direct:in", pipeline("bad", BAD));

        Throwable thrown = catchThrowable(context::start);

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        "%s:2:36: processors[0].impl: no impl 'reverse_txt' (did you mean 'reverse_text'?)",
                        folder.resolve("bad.dagwasm.yaml"));
    }

    @Test
    void whatIsNoKindOfEndpointFailsTheStart() {
        filter("direct:in", "wsm:\u001b[2Jmodule.wasm");

        assertThatThrownBy(context::start)
                .rootCause()
                .hasMessage(
                        "language dagwasm: found 'wsm:\\u{1b}[2Jmodule.wasm'; expected wasm:MODULE,"
                                + " local:NAME or pipeline:FILE");
    }

    @Test
    void anOptionThatIsNoneFailsTheStart() {
        filter("direct:in", "local:reverse_text?memoryMb=8");

        assertThatThrownBy(context::start)
                .rootCause()
                .hasMessage("memoryMb is no option of dagwasm:local:, but of dagwasm:wasm:");
    }

    @Test
    void aLazyOneLoadsAtItsFirstMessage() throws IOException {
        String lazy = pipeline("p", BAD) + "?lazyStartProducer=true";
        setHeader("direct:in", lazy);
        context.start();

        Exchange first =
                context.createProducerTemplate()
                        .send("direct:in", exchange -> exchange.getMessage().setBody("abc"));
        pipeline("p", UPPER);
        Object second = header("direct:in", "abc");

        assertThat(first.getException()).isInstanceOf(PipelineFileException.class);
        assertThat(second).isEqualTo("ABC");
        assertThat(isLoaded(lazy)).isTrue();
    }

    @Test
    void anExpressionSharesThePipelineOfTheEndpoint() throws Exception {
        String module = module("bang", TestModules.append("!"));
        setHeader("direct:header", module);
        filter("direct:other", module);
        route(routes -> routes.from("direct:to").routeId("to").to("dagwasm:" + module));
        context.start();
        DagWasmEndpoint endpoint = context.getEndpoint("dagwasm:" + module, DagWasmEndpoint.class);
        var shared = endpoint.pipeline();

        context.getRouteController().stopRoute("to");

        assertThat(shared).isPresent();
        assertThat(endpoint.pipeline()).containsSame(shared.get());
        assertThat(header("direct:header", "abc")).isEqualTo("abc!");
        context.stop();
        assertThat(endpoint.pipeline()).isEmpty();
    }

    @Test
    void aContextStartsAgain() {
        setHeader("direct:in", pipeline("p", UPPER));
        context.start();
        context.stop();

        context.start();

        assertThat(header("direct:in", "abc")).isEqualTo("ABC");
    }

    @Test
    void aRouteThatIsAddedLaterKeepsItsOwn() {
        context.start();
        String added = pipeline("p", UPPER);
        setHeader("direct:in", added);

        fillUp();

        assertThat(isLoaded(added)).isTrue();
        assertThat(header("direct:in", "abc")).isEqualTo("ABC");
    }

    private static String numbered(int number) {
        return "local:prefix_suffix_adder?option.suffix=" + number;
    }

    private void fillUp() {
        IntStream.range(0, KeptFunctions.MOST_OTHERS)
                .forEach(i -> assertThat(evaluated(numbered(i), "x")).isEqualTo("x" + i));
    }

    @Test
    void ofThoseThatMessagesNameTheLatestStayLoaded() {
        context.start();
        Expression first = expression(numbered(-1));

        fillUp();
        boolean firstIsLoaded = isLoaded(numbered(-1));
        boolean secondIsLoaded = isLoaded(numbered(0));
        String value = first.evaluate(exchange("x"), String.class);

        assertThat(firstIsLoaded).isFalse();
        assertThat(secondIsLoaded).isTrue();
        assertThat(value).isEqualTo("x-1");
        assertThat(isLoaded(numbered(-1))).isTrue();
        assertThat(isLoaded(numbered(0))).isFalse();
    }

    @Test
    void whatIsLetGoWhileItIsUsedEndsItsRuns() {
        context.start();
        List<Expression> expressions = new ArrayList<>();
        int many = KeptFunctions.MOST_OTHERS + 20;
        for (int i = 0; i < many; i++) {
            expressions.add(expression(numbered(i)));
        }

        List<CompletableFuture<Void>> callers =
                IntStream.range(0, 4)
                        .mapToObj(
                                caller ->
                                        CompletableFuture.runAsync(
                                                () -> evaluateAll(expressions, caller)))
                        .toList();

        callers.forEach(CompletableFuture::join);
        assertThat(IntStream.range(0, many).filter(i -> isLoaded(numbered(i))).count())
                .isLessThanOrEqualTo(KeptFunctions.MOST_OTHERS);
        context.stop();
        assertThat(IntStream.range(0, many).filter(i -> isLoaded(numbered(i))).count()).isZero();
    }

    private void evaluateAll(List<Expression> expressions, int caller) {
        for (int i = 0; i < 2000; i++) {
            int number = (i * 7 + caller) % expressions.size();
            String value = expressions.get(number).evaluate(exchange("x"), String.class);
            assertThat(value).isEqualTo("x" + number);
        }
    }

    @Test
    void aMessageThatNamesAModuleFindsNoneOutsideOfTheRoots() throws IOException {
        Path root = Files.createDirectories(folder.resolve("modules")).toRealPath();
        module("modules/guest", TestModules.append("!"));
        module("secret", TestModules.append("?"));
        context.getComponent("dagwasm", DagWasmComponent.class).setModuleRoots(root.toString());
        route(
                routes ->
                        routes.from("direct:in")
                                .process(
                                        exchange -> {
                                            String text =
                                                    exchange.getMessage().getBody(String.class);
                                            exchange.getMessage()
                                                    .setHeader(
                                                            "value",
                                                            expression(text)
                                                                    .evaluate(
                                                                            exchange, String.class)
                                                                    .length());
                                        }));
        context.start();

        String allowed = "wasm:" + root + "/guest.wasm";
        assertThat(header("direct:in", allowed)).isEqualTo(allowed.length() + 1);
        for (String forbidden :
                new String[] {
                    "/../secret.wasm", "/%2e%2e/secret.wasm", "/../modules/../secret.wasm"
                }) {
            Exchange result =
                    context.createProducerTemplate()
                            .send(
                                    "direct:in",
                                    exchange ->
                                            exchange.getMessage()
                                                    .setBody("wasm:" + root + forbidden));
            assertThat(result.getException())
                    .isInstanceOf(ModuleRefusedException.class)
                    .hasMessageEndingWith(
                            "outside of the folders that modules may come from: "
                                    + root
                                    + " (option moduleRoots)");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4097, 1_000_000})
    void aMessageThatIsNoExpressionIsKeptNowhere(int length) {
        context.start();
        String text = "wasm:" + "x".repeat(length - 5);

        assertThatThrownBy(() -> expression(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "language dagwasm: the expression has %d characters; expected at most 4096",
                        length);
        assertThat(context.getEndpoints()).isEmpty();
    }
}
