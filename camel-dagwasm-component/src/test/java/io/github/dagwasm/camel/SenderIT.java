package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.wasm.TestModules;
import java.beans.Introspector;
import java.lang.reflect.Method;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** What the sender of a message may decide: its text. */
class SenderIT extends EndpointFixture {

    @Test
    void noHeaderChoosesAModuleAFileOrALimit() {
        String other = camel.module("other", TestModules.append("-other"));
        route(camel.module("good", TestModules.append("-good")) + "?memoryMb=8&timeout=5s");
        camel.context.start();
        Exchange plain = camel.send("direct:in", "x");

        Exchange forged =
                camel.exchange(
                        "direct:in",
                        exchange -> {
                            exchange.getMessage().setBody("x");
                            for (String option : options()) {
                                for (String prefix :
                                        new String[] {"", "CamelDagWasm", "dagwasm.", "option."}) {
                                    exchange.getMessage().setHeader(prefix + option, other);
                                    exchange.setProperty(prefix + option, "1");
                                }
                            }
                        });

        assertThat(plain.getException()).isNull();
        assertThat(forged.getException()).isNull();
        assertThat(forged.getMessage().getBody()).isEqualTo("x-good");
        assertThat(processor(forged).metadata()).isEqualTo(processor(plain).metadata());
    }

    /** All that a URI, a component or a pipeline file has names for. */
    private static Set<String> options() {
        Set<String> names = new HashSet<>(new DagWasmEndpointUriFactory().propertyNames());
        for (Method method : DagWasmComponent.class.getMethods()) {
            if (method.getName().startsWith("set")) {
                names.add(Introspector.decapitalize(method.getName().substring(3)));
            }
        }
        names.addAll(Set.of("module", "sha256", "limits", "intent", "Resource", "timeout_seconds"));
        return names;
    }

    private static ProcessorReport processor(Exchange exchange) {
        return exchange.getProperty(DagWasmConstants.REPORT, RunReport.class).processors().get(0);
    }
}
