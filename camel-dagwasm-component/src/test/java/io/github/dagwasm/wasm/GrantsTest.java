package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeyValues;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrantsTest {

    private static final KeyValues NOTHING = new KeyValues(Map.of());

    private static List<KeyFault> faults(Grants allowed, Map<String, Object> options) {
        WasmPolicy policy = WasmPolicy.DEFAULTS.withGrants(allowed);
        try (WasmBackend backend = new WasmBackend(policy)) {
            return backend.faults(NOTHING, new KeyValues(options), NOTHING);
        }
    }

    @Test
    void aFileThatGrantsMoreIsRefused() {
        Map<String, Object> both = Map.of("grant", List.of("clock", "random"));

        assertThat(faults(Grants.ALL, both)).isEmpty();
        assertThat(faults(Grants.of("clock"), both))
                .containsExactly(
                        new KeyFault(
                                "options.grant",
                                "found random; expected nothing but clock, the operator's ceiling"
                                        + " (option allowedGrants of the component)"));
        assertThat(faults(Grants.of("none"), Map.of("grant", List.of("clock"))))
                .containsExactly(
                        new KeyFault(
                                "options.grant",
                                "found clock; expected no grant, the operator's ceiling (option"
                                        + " allowedGrants of the component)"));
    }

    @Test
    void aVariableThatIsSetTwiceIsAFault() {
        assertThat(faults(Grants.ALL, Map.of("env", List.of("A=1", "B=2", "A=3"))))
                .containsExactly(
                        new KeyFault(
                                "options.env",
                                "found 'A' more than once; expected each variable once"));
    }

    @Test
    void whatIsNoGrantIsRefused() {
        assertThat(Grants.of(" random , clock ")).isEqualTo(Grants.ALL);
        assertThatThrownBy(() -> Grants.of("clock,files"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "allowedGrants: found 'files'; expected some of clock, random, or none");
    }
}
