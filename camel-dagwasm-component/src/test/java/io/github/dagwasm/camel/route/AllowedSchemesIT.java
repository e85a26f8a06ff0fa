package io.github.dagwasm.camel.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.camel.DagWasmComponent;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's schemes bind whoever writes a route file. */
class AllowedSchemesIT extends RouteFixture {

    private static final String NAME = "orders.dagwasm.yaml";
    private static final String OTHERWISE =
            "' is not allowed; expected seda (component option allowedEndpointSchemes)";

    @BeforeEach
    void allow() {
        context.getComponent("dagwasm", DagWasmComponent.class).setAllowedEndpointSchemes("seda");
    }

    private String message(String yaml) throws Exception {
        Path file = write(NAME, yaml);
        Throwable thrown = catchThrowable(() -> load(file));
        return fault(thrown).getMessage().replace(folder + "/", "");
    }

    @Test
    void bothEndsAreToldOfAtOnceEachAtItsPlace() throws Exception {
        assertThat(message("from: timer:x?period=1\n" + UPPER + "to:   log:out\n"))
                .isEqualTo(
                        "orders.dagwasm.yaml:1:7: from: scheme 'timer"
                                + OTHERWISE
                                + "\norders.dagwasm.yaml:6:7: to: scheme 'log"
                                + OTHERWISE);
        assertThat(context.getEndpoints()).isEmpty();
    }

    @Test
    void aPlaceholderHidesNoScheme() throws Exception {
        property("end", "log:out");
        context.getComponent("dagwasm", DagWasmComponent.class).setResolvableProperties("end");

        assertThat(message("from: \"{{end}}\"\n" + UPPER))
                .isEqualTo("orders.dagwasm.yaml:1:7: from: scheme '{{end}}" + OTHERWISE);
        assertThat(message("from: seda:in\n" + UPPER + "to: '{{end}}?level=OFF'\n"))
                .isEqualTo("orders.dagwasm.yaml:6:5: to: scheme '{{end}}" + OTHERWISE);
    }

    @Test
    void directIsAllowedAsTheDefaultAndNotElse() throws Exception {
        assertThat(message("from: direct:orders\n" + UPPER))
                .isEqualTo("orders.dagwasm.yaml:1:7: from: scheme 'direct" + OTHERWISE);

        load(write(NAME, UPPER + "to: seda:out\n"));
        context.start();
        context.createProducerTemplate().sendBody("direct:orders", "hey");
        assertThat(context.createConsumerTemplate().receiveBody("seda:out", 20_000))
                .isEqualTo("HEY");
    }

    @Test
    void anOptionThatThereIsNotIsToldOf() throws Exception {
        assertThat(message("from: seda:in?sise=3\n" + UPPER))
                .isEqualTo(
                        "orders.dagwasm.yaml:1:7: from: 'seda' has no option 'sise' (did you mean"
                                + " 'size'?)");
    }
}
