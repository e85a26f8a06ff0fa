package io.github.dagwasm.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.camel.DagWasmConstants;
import io.github.dagwasm.camel.DagWasmEndpoint;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

class PipelineRouteIT extends RouteFixture {

    private String request(String uri, Object body) {
        return context.createProducerTemplate().requestBody(uri, body, String.class);
    }

    @Test
    void aModuleIsLookedForBesideTheFileThatCamelOpens() throws Exception {
        Path real = Files.createDirectory(folder.resolve("a b"));
        TestModule.write(real.resolve("guest.wasm"), TestModules.append("!"));
        Files.writeString(
                real.resolve("hello.dagwasm.yaml"),
                "processors:\n  - { id: guest, backend: wasm, module: guest.wasm }\n");

        load(folder.resolve("a%20b/hello.dagwasm.yaml"));
        context.start();

        assertThat(request("direct:hello", "x")).isEqualTo("x!");
    }

    @Test
    void aFileIsTheRouteOfItsNameBehindDirect() throws Exception {
        load(write("shout.dagwasm.yaml", UPPER));
        context.start();

        String answer = request("direct:shout", "hello");

        assertThat(answer).isEqualTo("HELLO");
        assertThat(context.getRoute("shout").getEndpoint().getEndpointUri())
                .isEqualTo("direct://shout");
    }

    @Test
    void fromAndToAreTheRoutesEnds() throws Exception {
        load(write("shout.dagwasm.yaml", "from: seda:in\nto: mock:out\n" + UPPER));
        context.start();
        MockEndpoint out = context.getEndpoint("mock:out", MockEndpoint.class);
        out.expectedBodiesReceived("HELLO");
        out.expectedHeaderReceived(DagWasmConstants.PROCESSORS_EXECUTED, 1);

        context.createProducerTemplate().sendBody("seda:in", "hello");

        out.assertIsSatisfied();
    }

    @Test
    void metadataTravelsAsPlainHeadersWhereTheFileSaysSo() throws Exception {
        String count =
                """
                processors:
                  - id: count
                    backend: local
                    impl: token_counter
                """;
        load(write("plain.dagwasm.yaml", "metadata_headers: true\n" + count));
        load(write("quiet.dagwasm.yaml", count));
        context.start();

        Exchange plain = counted("direct:plain");
        Exchange quiet = counted("direct:quiet");

        assertThat(plain.getMessage().getHeaders())
                .containsEntry("dagwasm.count.char_count", "5")
                .containsEntry("dagwasm.count.word_count", "1")
                .containsEntry("dagwasm.count.line_count", "1");
        assertThat(quiet.getMessage().getHeaders().keySet())
                .allMatch(name -> name.startsWith("CamelDagWasm"));
    }

    private Exchange counted(String uri) {
        return context.createProducerTemplate().request(uri, e -> e.getMessage().setBody("hello"));
    }

    @Test
    void aDroppedFileIsAFileOfResults() throws Exception {
        String from = "from: file:" + folder + "/in?delete=true&initialDelay=0&delay=50\n";
        load(write("shout.dagwasm.yaml", from + "to: file:" + folder + "/out\n" + UPPER));
        context.start();

        // Whole from the first moment that the consumer can see it.
        Path whole = Files.writeString(folder.resolve("whole"), "hélas");
        Files.move(whole, Files.createDirectories(folder.resolve("in")).resolve("a.txt"));

        Path result = folder.resolve("out/a.txt");
        await().untilAsserted(() -> assertThat(result).content().isEqualTo("HÉLAS"));
        await().untilAsserted(() -> assertThat(folder.resolve("in/a.txt")).doesNotExist());
    }

    @Test
    void modulesAreLookedForBesideTheFile() throws Exception {
        Path module = Path.of("../wasm_modules/hello_world.wasm");
        Files.copy(module, folder.resolve("guest.wasm"));
        load(
                write(
                        "hello.dagwasm.yaml",
                        """
                        processors:
                          - id: guest
                            backend: wasm
                            module: guest.wasm
                        """));
        context.start();

        assertThat(request("direct:hello", "hello")).isEqualTo("hello-wasm");
    }

    @Test
    void placeholdersAreCamelsPropertiesInAllItsForms() throws Exception {
        property("where", "direct:placed");
        load(
                write(
                        "placed.dagwasm.yaml",
                        """
                        from: "{{where}}"
                        to: "{{nowhere:mock:default}}"
                        executor_options: { max_concurrency: "{{sys:java.specification.version:1}}" }
                        processors:
                          - id: affix
                            backend: local
                            impl: prefix_suffix_adder
                            resolve: true
                            options: { prefix: "{{where}} ", suffix: "{{env:NO_SUCH_VARIABLE_HERE:!}}" }
                        """));
        context.start();

        assertThat(request("direct:placed", "x")).isEqualTo("direct:placed x!");
        assertThat(context.hasEndpoint("mock:default")).isNotNull();
    }

    @Test
    void theRouteConfigurationThatIsNamedHandlesErrors() throws Exception {
        context.addRoutesConfigurations(handlingErrorsAs("lenient"));
        load(
                write(
                        "shout.dagwasm.yaml",
                        "from: direct:in\nroute_configuration: lenient\n" + UPPER));
        context.start();

        Exchange exchange =
                context.createProducerTemplate()
                        .request("direct:in", e -> e.getMessage().setBody("\ud800"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("handled by lenient");
    }

    @Test
    void severalRouteConfigurationsMayBeNamedByPatternsToo() throws Exception {
        context.addRoutesConfigurations(handlingErrorsAs("lenient"));
        context.addRoutesConfigurations(
                new RouteConfigurationBuilder() {
                    @Override
                    public void configuration() {
                        routeConfiguration("audit").onCompletion().to("mock:audit");
                    }
                });
        load(
                write(
                        "shout.dagwasm.yaml",
                        "from: direct:in\nroute_configuration: len*,audit\n" + UPPER));
        MockEndpoint audit = context.getEndpoint("mock:audit", MockEndpoint.class);
        audit.expectedMessageCount(1);
        context.start();

        assertThat(request("direct:in", "\ud800")).isEqualTo("handled by lenient");
        audit.assertIsSatisfied();
    }

    @Test
    void aRouteConfigurationForAllIsForPipelineFilesToo() throws Exception {
        context.addRoutesConfigurations(handlingErrorsAs(null));
        load(write("shout.dagwasm.yaml", "from: direct:in\n" + UPPER));
        context.start();

        Exchange exchange =
                context.createProducerTemplate()
                        .request("direct:in", e -> e.getMessage().setBody("\ud800"));

        assertThat(exchange.getMessage().getBody()).isEqualTo("handled by null");
    }

    private static RouteConfigurationBuilder handlingErrorsAs(String id) {
        return new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                (id == null ? routeConfiguration() : routeConfiguration(id))
                        .onException(Exception.class)
                        .handled(true)
                        .setBody(constant("handled by " + id));
            }
        };
    }

    @Test
    void aRouteConfigurationThatIsNotThereIsAFault() throws Exception {
        context.addRoutesConfigurations(handlingErrorsAs("lenient"));
        Path file =
                write(
                        "shout.dagwasm.yaml",
                        "from: direct:in\nroute_configuration: strict\n" + UPPER);

        assertThatThrownBy(() -> load(file))
                .hasMessage(
                        file
                                + ":2:22: route_configuration: there is no route configuration"
                                + " 'strict'; there are: lenient");
    }

    @Test
    void theModelTellsTheFilesLines() throws Exception {
        Path file = write("shout.dagwasm.yaml", "from: direct:in\n" + UPPER + "to: mock:out\n");
        load(file);

        RouteDefinition route = context.getRouteDefinition("shout");

        assertThat(route.getResource().getLocation()).isEqualTo("file:" + file);
        assertThat(route.getInput().getLineNumber()).isEqualTo(1);
        assertThat(route.getOutputs())
                .extracting(part -> part.getLineNumber() + " " + part.getLocation())
                .containsExactly("3 file:" + file, "6 file:" + file);
    }

    @Test
    void theFileIsReadOnceForRouteAndPipeline() throws Exception {
        Path file = write("shout.dagwasm.yaml", UPPER);
        load(file);
        Files.delete(file);
        context.start();

        assertThat(request("direct:shout", "hello")).isEqualTo("HELLO");
    }

    @Test
    void aRouteNeedsNoFile() throws Exception {
        Resource resource = ResourceHelper.fromString("memory.dagwasm.yaml", UPPER);
        PluginHelper.getRoutesLoader(context).loadRoutes(resource);
        context.start();

        assertThat(request("direct:memory", "hello")).isEqualTo("HELLO");
    }

    @Test
    void routeKeysMeanNothingToAnEndpoint() throws Exception {
        Path file =
                write(
                        "shout.yaml",
                        "from: seda:in\nto: mock:out\nroute_configuration: x\n" + UPPER);
        context.start();

        assertThat(request("dagwasm:pipeline:file:" + file, "hello")).isEqualTo("HELLO");
        assertThat(context.hasEndpoint("mock:out")).isNull();
    }

    @Test
    void aRouteThatIsRemovedLetsItsPipelineGo() throws Exception {
        load(write("shout.dagwasm.yaml", UPPER));
        context.start();
        context.getRouteController().stopRoute("shout");
        context.removeRoute("shout");
        assertThat(context.getEndpoints())
                .filteredOn(DagWasmEndpoint.class::isInstance)
                .allMatch(endpoint -> ((DagWasmEndpoint) endpoint).pipeline().isEmpty());

        load(write("shout.dagwasm.yaml", UPPER.replace("upper", "lower")));

        assertThat(request("direct:shout", "Hello")).isEqualTo("hello");
    }
}
