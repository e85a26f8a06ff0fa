package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import io.github.dagwasm.wasm.SandboxBounds;
import io.github.dagwasm.wasm.WasmPolicy;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.apache.camel.BindToRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The applications that the component's page and the README show: their files are written to a
 * folder, which becomes the root of a class path together with the project's own root, where
 * modules and demonstrations are. They must start as they are, and do what the text says.
 */
class DocumentedRoutesIT {

    private static final Path PROJECT = Path.of("..");
    private static final String HELLO = "wasm_modules/hello_world.wasm";

    @TempDir Path root;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader classes;
    private Main main;

    @BeforeEach
    void openClassPath() throws MalformedURLException {
        classes =
                new URLClassLoader(
                        new URL[] {url(root), url(PROJECT.toAbsolutePath().normalize())}, before);
        Thread.currentThread().setContextClassLoader(classes);
    }

    @AfterEach
    void stop() throws IOException {
        if (main != null) {
            main.stop();
        }
        Thread.currentThread().setContextClassLoader(before);
        classes.close();
    }

    private static URL url(Path folder) throws MalformedURLException {
        return folder.toUri().toURL();
    }

    private CamelContext started(Map<String, String> files) throws Exception {
        List<Path> sources = DocumentedFiles.write(files, root);
        compile(sources);
        main = new Main();
        main.setPropertyPlaceholderLocations(
                "classpath:application.properties;optional=true,classpath:trust.properties;optional=true");
        main.addMainListener(
                new MainListenerSupport() {
                    @Override
                    public void beforeInitialize(BaseMainSupport support) {
                        support.getCamelContext().setApplicationContextClassLoader(classes);
                    }
                });
        main.addOverrideProperty("inbox", root.resolve("inbox").toString());
        for (Path source : sources) {
            add(source.getFileName().toString().replace(".java", ""));
        }
        main.start();
        return main.getCamelContext();
    }

    private void compile(List<Path> sources) {
        if (sources.isEmpty()) {
            return;
        }
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "-d",
                                root.toString(),
                                "-proc:none",
                                "-classpath",
                                System.getProperty("java.class.path")));
        sources.forEach(source -> arguments.add(source.toString()));
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).as("what the compiler says of %s is above", sources).isZero();
    }

    private void add(String className) throws ReflectiveOperationException {
        Object made = classes.loadClass(className).getConstructor().newInstance();
        if (made instanceof RouteBuilder routes) {
            main.configure().addRoutesBuilder(routes);
        } else {
            main.bind(made.getClass().getAnnotation(BindToRegistry.class).value(), made);
        }
    }

    private String answer(CamelContext context, String uri, Object body) throws IOException {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            return template.requestBody(uri, body, String.class);
        }
    }

    @Test
    void theComponentPagesApplicationDoesWhatThePageSays() throws Exception {
        CamelContext context = started(DocumentedFiles.ofComponentPage());

        assertThat(context.getRoutes())
                .extracting(route -> route.getRouteId())
                .contains("greet", "raw", "report", "careful", "bean", "orders");
        assertThat(answer(context, "direct:greet", "Hello World"))
                .isEqualTo("<HELLO WORLD>-wasm +1");
        assertThat(answer(context, "direct:greet-java", "Hello World"))
                .isEqualTo("<HELLO WORLD>-wasm +1");
        assertThat(answer(context, "direct:raw", "x")).isEqualTo("C++ & x & ");
        assertThat(answer(context, "direct:report", "a b")).startsWith("{\"pipeline\":\"shout\"");
        assertThat(answer(context, "direct:careful", "Hello World"))
                .isEqualTo("refused: Hello World");
        assertThat(answer(context, "direct:partial", "Hello World")).isEqualTo("hello world");
        assertThat(answer(context, "direct:bean", "hey")).isEqualTo("hey!");
    }

    @Test
    void theComponentPagesPipelineFileIsARouteFromItsFolderToItsQueue() throws Exception {
        CamelContext context = started(DocumentedFiles.ofComponentPage());
        Path inbox = Files.createDirectories(root.resolve("inbox"));
        byte[] malformedForUtf8 = "Grüße".getBytes(StandardCharsets.ISO_8859_1);

        Path written = Files.write(root.resolve("order"), malformedForUtf8);
        Files.move(written, inbox.resolve("order"));

        assertThat(context.createConsumerTemplate().receiveBody("seda:orders", 20_000))
                .isEqualTo("grüße-wasm");
    }

    @Test
    void theComponentPagesApplicationTrustsWhomThePageSays() throws Exception {
        CamelContext context = started(DocumentedFiles.ofComponentPage());
        Path elsewhere = Files.copy(PROJECT.resolve(HELLO), root.resolve("elsewhere.wasm"));

        assertThat(answer(context, "dagwasm:wasm:" + HELLO, "x")).isEqualTo("x-wasm");
        assertThatThrownBy(() -> answer(context, "dagwasm:wasm:" + elsewhere, "x"))
                .rootCause()
                .hasMessageEndingWith(
                        "outside of the folders that modules may come from: classpath:wasm_modules/"
                                + " (option moduleRoots)");
        assertThat(
                        context.getComponent("dagwasm", DagWasmComponent.class)
                                .endpointPolicy()
                                .problem(context, new EndpointUri("log:out")))
                .contains(
                        "scheme 'log' is not allowed; expected file, seda (component option"
                                + " allowedEndpointSchemes)");
    }

    @Test
    void theComponentPagesPropertiesAreTheOperatorsLimits() throws Exception {
        CamelContext context = started(DocumentedFiles.ofComponentPage());

        WasmPolicy policy = context.getComponent("dagwasm", DagWasmComponent.class).policy();
        Throwable thrown =
                catchThrowable(
                        () ->
                                answer(
                                        context,
                                        "dagwasm:wasm:wasm_modules/hello_world.wasm?memoryMb=129",
                                        "Hello World"));

        assertThat(policy.sandbox())
                .isEqualTo(new SandboxBounds(200, 256 << 20, Duration.ofMillis(500)));
        assertThat(policy.limits().defaults()).isEqualTo(Map.of("memory_mb", 32L));
        assertThat(policy.timeout().ceiling()).contains(Duration.ofSeconds(10));
        assertThat(policy.admission().ceilings()).isEqualTo(Map.of("module_bytes", 4L << 20));
        assertThat(thrown)
                .rootCause()
                .hasMessage(
                        "dagwasm:wasm:wasm_modules/hello_world.wasm: memoryMb: found 129; expected at"
                                + " most 128, the operator's ceiling (option memoryMbCeiling of the"
                                + " component)");
    }

    @Test
    void theLanguagePagesRoutesDoWhatThePageSays() throws Exception {
        CamelContext context = started(DocumentedFiles.ofLanguagePage());
        ConsumerTemplate queues = context.createConsumerTemplate();
        ProducerTemplate template = context.createProducerTemplate();

        template.sendBody("direct:expressions", "Please; thank you");
        Exchange polite = queues.receive("seda:polite", 20_000);
        template.sendBody("direct:choices", "please");
        template.sendBody("direct:choices", "now");

        assertThat(polite.getMessage().getHeaders())
                .containsOnly(entry("greeting", "Please; thank you-wasm"));
        assertThat(polite.getMessage().getBody()).isEqualTo("Please; thank you");
        assertThat(queues.receiveBody("seda:parts", 20_000)).isEqualTo("PLEASE");
        assertThat(queues.receiveBody("seda:parts", 20_000)).isEqualTo(" THANK YOU");
        assertThat(queues.receiveBody("seda:polite", 20_000)).isEqualTo("please");
        assertThat(queues.receiveBody("seda:rude", 20_000)).isEqualTo("now");
    }

    @Test
    void theSecurityPagesPropertiesConfineWhoeverWritesUris() throws Exception {
        CamelContext context = started(DocumentedFiles.ofSecurityPage());
        Path elsewhere = Files.copy(PROJECT.resolve(HELLO), root.resolve("elsewhere.wasm"));

        assertThat(answer(context, "dagwasm:wasm:" + HELLO, "x")).isEqualTo("x-wasm");
        assertThatThrownBy(() -> answer(context, "dagwasm:wasm:" + elsewhere, "x"))
                .rootCause()
                .hasMessageEndingWith("(option moduleRoots)");
        assertThatThrownBy(
                        () ->
                                answer(
                                        context,
                                        "dagwasm:wasm:"
                                                + HELLO
                                                + "?timeout=3s&memoryMb=65&tableEntries=100001"
                                                + "&callDepth=4001&inputBytes=1048577"
                                                + "&outputBytes=2097153&logBytes=4097",
                                        "x"))
                .rootCause()
                .hasMessage(
                        """
                        timeout: found 3; expected at most 2 s, the operator's ceiling (option timeoutCeiling of the component)
                        memoryMb: found 65; expected at most 64, the operator's ceiling (option memoryMbCeiling of the component)
                        tableEntries: found 100001; expected at most 100000, the operator's ceiling (option tableEntriesCeiling of the component)
                        callDepth: found 4001; expected at most 4000, the operator's ceiling (option callDepthCeiling of the component)
                        inputBytes: found 1048577; expected at most 1048576, the operator's ceiling (option inputBytesCeiling of the component)
                        outputBytes: found 2097153; expected at most 2097152, the operator's ceiling (option outputBytesCeiling of the component)
                        logBytes: found 4097; expected at most 4096, the operator's ceiling (option logBytesCeiling of the component)"""
                                .replaceAll("(?m)^", "dagwasm:wasm:" + HELLO + ": "));
        DagWasmComponent component = context.getComponent("dagwasm", DagWasmComponent.class);
        assertThat(component.policy().sandbox())
                .isEqualTo(new SandboxBounds(100, 256 << 20, Duration.ofSeconds(1)));
        assertThat(component.policy().sources().allowRemote()).isFalse();
        assertThat(component.endpointPolicy().problem(context, new EndpointUri("exec:rm")))
                .isPresent();
    }

    @Test
    void theReadmesRoutesDoWhatTheReadmeSays() throws Exception {
        CamelContext context = started(DocumentedFiles.ofReadme());

        assertThat(answer(context, "direct:greet", "Hello World"))
                .isEqualTo("🦀 Rust + WASM: hello world-wasm ✨-wasm +1");
        assertThat(answer(context, "direct:shout", "hey")).isEqualTo("HEY");
    }
}
