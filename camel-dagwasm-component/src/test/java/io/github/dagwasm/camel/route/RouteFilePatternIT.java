package io.github.dagwasm.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pipeline files as camel-main finds them, by its patterns. */
class RouteFilePatternIT extends RouteFixture {

    private final Main main = new Main();

    @AfterEach
    void stopMain() {
        main.stop();
    }

    @Test
    void aPatternFindsThemAmongCamelsOwnRouteFiles() throws Exception {
        write("shout.dagwasm.yaml", "from: direct:in\nto: direct:next\n" + UPPER);
        write(
                "next.camel.yaml",
                """
                - route:
                    from:
                      uri: direct:next
                      steps:
                        - transform:
                            simple: "<${body}>"
                """);
        main.configure()
                .withRoutesIncludePattern(
                        "file:" + folder + "/*.camel.yaml,file:" + folder + "/*.dagwasm.yaml");
        main.start();

        assertThat(main.getCamelTemplate().requestBody("direct:in", "hello", String.class))
                .isEqualTo("<HELLO>");
    }

    @Test
    void aRouteConfigurationInYamlIsThereInTime() throws Exception {
        write("shout.dagwasm.yaml", "from: direct:in\nroute_configuration: errors\n" + UPPER);
        write(
                "errors.camel.yaml",
                """
                - routeConfiguration:
                    id: errors
                    onException:
                      - onException:
                          exception: [ "java.lang.Exception" ]
                          handled:
                            constant: "true"
                          steps:
                            - setBody:
                                constant: handled
                """);
        main.configure().withRoutesIncludePattern("file:" + folder + "/*.yaml");
        main.start();

        assertThat(main.getCamelTemplate().requestBody("direct:in", "\ud800", String.class))
                .isEqualTo("handled");
    }

    @Test
    void theDefaultPatternFindsThemOnTheClassPath() throws Exception {
        Path camel = Files.createDirectories(folder.resolve("camel"));
        Files.writeString(camel.resolve("shout.dagwasm.yaml"), UPPER);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] urls = {folder.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, before)) {
            thread.setContextClassLoader(loader);
            main.start();

            assertThat(main.getCamelTemplate().requestBody("direct:shout", "hello", String.class))
                    .isEqualTo("HELLO");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aFolderThatIsNotThereFailsTheStart() {
        main.configure().withRoutesIncludePattern("file:" + folder + "/none/*.dagwasm.yaml");

        assertThatThrownBy(main::start).hasRootCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aModuleAmongRouteFilesFailsTheStart() throws Exception {
        write("shout.dagwasm.yaml", UPPER);
        write("guest.wasm", "");
        main.configure().withRoutesIncludePattern("file:" + folder + "/*");

        assertThatThrownBy(main::start)
                .hasMessageContaining(
                        "Cannot find RoutesBuilderLoader in classpath supporting file extension: wasm");
    }

    @Test
    void anOptionalPatternPassesOverModulesAmongRouteFiles() throws Exception {
        write("shout.dagwasm.yaml", UPPER);
        write("guest.wasm", "");
        main.configure().withRoutesIncludePattern("file:" + folder + "/*?optional=true");
        main.start();

        assertThat(main.getCamelTemplate().requestBody("direct:shout", "hello", String.class))
                .isEqualTo("HELLO");
    }
}
