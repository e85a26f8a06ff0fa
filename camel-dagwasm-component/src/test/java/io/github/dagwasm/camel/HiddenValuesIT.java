package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What loading and running tell of values that come from placeholders: nothing. */
class HiddenValuesIT extends AuthorFixture {

    @BeforeEach
    void setProperties() {
        Properties properties = new Properties();
        properties.setProperty("db.password", "s3cr3t-4711");
        properties.setProperty("whole", "log:s3cr3t-4711?level=s3cr3t-4711");
        properties.setProperty("end", "nonesuch-s3cr3t:s3cr3t-4711");
        properties.setProperty("name", "s3cr3t-4711");
        properties.setProperty("app.stage", "test");
        camel.context.getPropertiesComponent().setInitialProperties(properties);
    }

    private String refused(String processor) throws Exception {
        camel.context.start();
        String uri = camel.pipeline("ask", "processors:\n  - { id: ask, " + processor + " }\n");
        Throwable thrown =
                catchThrowable(() -> camel.context.getEndpoint(uri).createProducer().start());
        assertThat(Throwables.getStackTrace(thrown)).doesNotContain("s3cr3t");
        return thrown.getMessage().replace(folder + "/", "");
    }

    @Test
    void aModuleThatIsNotThereIsCalledAsItIsWritten() throws Exception {
        assertThat(refused("backend: wasm, module: 'a/{{db.password}}.wasm'"))
                .isEqualTo(
                        "ask.dagwasm.yaml:2:39: processors[0].module: processor 'ask'"
                                + " (a/{{db.password}}.wasm): it is not there, or not to be read; why"
                                + " is not shown, because its path comes from a placeholder");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "backend: wasm, module: '/x/../{{db.password}}/{{db.password}}.wasm'",
                "backend: wasm, module: 'classpath:{{db.password}}.wasm'",
                "backend: wasm, module: 'file:///%{{db.password}}.wasm'",
                "backend: wasm, module: '{{db.password}}:x.wasm'",
                "backend: wasm, module: 'http://joe:{{db.password}}@127.0.0.1/x.wasm'",
                "backend: local, impl: '{{db.password}}'",
                "backend: camel, endpoint: '{{end}}'",
                "backend: camel, endpoint: '{{whole}}'",
                "backend: camel, endpoint: 'seda:a?{{db.password}}=1'",
                "backend: camel, endpoint: 'seda:a?size={{db.password}}'",
                "backend: camel, endpoint: 'file:{{db.password}}?fileExist={{db.password}}'",
                "backend: camel, endpoint: 'direct:a', options: { retry_on: ['{{db.password}}'] }, resolve: true",
                "backend: camel, endpoint: 'direct:a', options: { headers: ['Camel{{db.password}}'] }, resolve: true",
                "backend: camel, endpoint: 'direct:a', limits: { output_bytes: '{{db.password}}' }"
            })
    void nothingOfAValueIsToldAtLoad(String processor) throws Exception {
        assertThat(refused(processor)).startsWith("ask.dagwasm.yaml:2:");
    }

    @Test
    void aPinThatDoesNotFitIsCalledAsItIsWritten() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("pin", "ab".repeat(32));
        camel.context.getPropertiesComponent().setInitialProperties(properties);
        TestModule.write(folder.resolve("guest.wasm"), TestModules.append("!"));

        assertThat(refused("backend: wasm, module: guest.wasm, sha256: '{{pin}}'"))
                .endsWith(", but pinned is {{pin}}")
                .doesNotContain("abab");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from: '{{end}}' | 1:7: from: there is no component '{{end}}'; is its jar on the class path?",
                "from: 'timer:{{db.password}}?peri=1' | ",
                "from: '{{whole}}' | ",
                "from: 'seda:a?{{db.password}}=1' | ",
                "route_configuration: '{{db.password}}' | 1:22: route_configuration: there is no route configuration '{{db.password}}'; there is none"
            })
    void norByARoute(String line, String expected) {
        camel.context.start();

        Throwable thrown = catchThrowable(() -> load("a.dagwasm.yaml", line.strip() + "\n"));

        assertThat(Throwables.getStackTrace(thrown)).doesNotContain("s3cr3t");
        if (expected != null) {
            assertThat(thrown.getMessage().replace(folder + "/", ""))
                    .isEqualTo("a.dagwasm.yaml:" + expected.strip());
        }
    }

    @Test
    void metadataReportAndFailuresHaveTheModuleAsItIsWritten() {
        TestModule.write(folder.resolve("s3cr3t-4711.wasm"), TestModules.append("!"));
        String uri =
                camel.pipeline(
                        "ask",
                        "processors:\n  - { id: ask, backend: wasm, module: '{{name}}.wasm' }\n");

        Exchange exchange = sent(uri, "x");

        assertThat(exchange.getMessage().getBody()).isEqualTo("x!");
        RunReport report = exchange.getProperty(DagWasmConstants.REPORT, RunReport.class);
        assertThat(report.toJson()).contains("{{name}}.wasm").doesNotContain("s3cr3t");
    }

    @Test
    void anEndpointThatFailsTellsNothingOfAValue() {
        camel.context.addComponent(
                "awkward",
                new AwkwardComponent(
                        (exchange, callback) -> {
                            throw new IllegalStateException("no login at s3cr3t-4711");
                        }));
        String uri =
                camel.pipeline(
                        "ask",
                        "processors:\n  - { id: ask, backend: camel, endpoint: 'awkward:{{name}}' }\n");

        Exchange exchange = sent(uri, "x");

        assertThat(exchange.getException().getMessage())
                .isEqualTo(
                        "pipeline 'ask': processor 'ask' (awkward:{{name}}):"
                                + " java.lang.IllegalStateException:"
                                + " java.lang.IllegalStateException: no login at {{name}}");
        assertThat(Throwables.getStackTrace(exchange.getException())).doesNotContain("s3cr3t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.password",
                "env:PATH",
                "sys:user.home",
                "db.password:x",
                "service:x",
                "?name"
            })
    void aRestrictedAuthorResolvesTheFolderAlone(String content) throws Exception {
        component.setAuthors("restricted");
        camel.context.start();
        String problem =
                "the placeholder {{"
                        + content
                        + "}} is not for pipeline files; expected dagwasm.dir (option"
                        + " resolvableProperties of the component)";

        assertThat(refusedRoute("a.dagwasm.yaml", "to: 'file:{{" + content + "}}'\n"))
                .isEqualTo("a.dagwasm.yaml:1:5: to: " + problem);
        assertThat(refusedEndpoint("file:{{" + content + "}}")).isEqualTo(AT_ENDPOINT + problem);
    }

    @Test
    void theOperatorListsWhatMayBeResolved() throws Exception {
        component.setAuthors("restricted");
        component.setResolvableProperties("app.*");
        camel.context.start();

        load("a.dagwasm.yaml", "to: 'seda:{{app.stage}}'\n");

        assertThat(camel.context.hasEndpoint("seda:test")).isNotNull();
        assertThat(refusedRoute("b.dagwasm.yaml", "to: 'seda:{{db.password}}'\n"))
                .isEqualTo(
                        "b.dagwasm.yaml:1:5: to: the placeholder {{db.password}} is not for pipeline"
                                + " files; expected app.* (option resolvableProperties of the"
                                + " component)");
    }

    @Test
    void theListHoldsForTrustedAuthorsToo() {
        component.setResolvableProperties("none");
        camel.context.start();

        assertThat(refusedRoute("b.dagwasm.yaml", "to: 'seda:{{app.stage}}'\n"))
                .contains("the placeholder {{app.stage}} is not for pipeline files; expected none");
    }
}
