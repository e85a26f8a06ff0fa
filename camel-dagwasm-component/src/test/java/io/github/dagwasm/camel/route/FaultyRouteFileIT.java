package io.github.dagwasm.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.ModuleRefusedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every fault of a route file keeps the route from starting, and tells its line. */
class FaultyRouteFileIT extends RouteFixture {

    private static final String NAME = "faulty.dagwasm.yaml";

    private String message(String yaml) throws Exception {
        Path file = write(NAME, yaml);
        Throwable thrown = catchThrowable(() -> load(file));
        return fault(thrown).getMessage().replace(folder + "/", "");
    }

    @Test
    void allFaultsAreToldAtOnce() throws Exception {
        assertThat(message("from: inbox\nstratgy: level\nprocessors: []\n"))
                .isEqualTo(
                        """
                        faulty.dagwasm.yaml:1:7: from: found 'inbox'; expected an endpoint URI such as file:inbox
                        faulty.dagwasm.yaml:2:1: unknown key 'stratgy' (did you mean 'strategy'?)
                        faulty.dagwasm.yaml:3:13: processors: found no processor; expected at least one""");
    }

    @Test
    void yamlThatIsNone() throws Exception {
        assertThat(message("from: direct:in\nprocessors: [\n"))
                .startsWith("faulty.dagwasm.yaml:3:1: ");
    }

    @Test
    void aPlaceholderWithoutAValue() throws Exception {
        assertThat(message("from: direct:{{nowhere}}\n" + UPPER))
                .isEqualTo(
                        "faulty.dagwasm.yaml:1:7: from: no value for the placeholder {{nowhere}};"
                                + " define it or write {{nowhere:default}}");
    }

    @Test
    void aComponentThatIsNotThere() throws Exception {
        assertThat(message("from: direct:in\n" + UPPER + "to: nowhere:out\n"))
                .isEqualTo(
                        "faulty.dagwasm.yaml:6:5: to: there is no component 'nowhere'; is its jar on"
                                + " the class path?");
    }

    @Test
    void anEndpointOptionThatIsNotThere() throws Exception {
        assertThat(message("from: seda:in?sise=3\n" + UPPER))
                .startsWith("faulty.dagwasm.yaml:1:7: from: ")
                .contains("Unknown parameters=[{sise=3}]");
    }

    @Test
    void aModuleThatIsNotThereFailsTheStart() throws Exception {
        Path file =
                write(
                        NAME,
                        """
                        from: direct:in
                        processors:
                          - id: guest
                            backend: wasm
                            module: none.wasm
                        """);
        load(file);

        Throwable thrown = catchThrowable(context::start);

        assertThat(thrown).hasCauseInstanceOf(Exception.class);
        assertThat(thrown.getMessage())
                .startsWith("Failed to start route: faulty (source: faulty.dagwasm.yaml:1)")
                .contains(ModuleRefusedException.class.getName() + ": " + file + ":5:13: ")
                .contains("processors[0].module: processor 'guest' (none.wasm): not found: ");
    }

    /** Camel takes the extension from the first dot. */
    @Test
    void aNameWithAnotherDotIsNoRouteFile() throws Exception {
        Path file = write("orders.v2.dagwasm.yaml", UPPER);

        assertThatThrownBy(() -> load(file))
                .hasMessage(
                        "Cannot find RoutesBuilderLoader in classpath supporting file extension:"
                                + " v2.dagwasm.yaml");
    }
}
