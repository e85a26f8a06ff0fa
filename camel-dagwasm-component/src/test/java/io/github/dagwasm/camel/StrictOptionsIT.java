package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, times and truth values of options are what is written, or are refused. */
class StrictOptionsIT {

    private static final String INT = "expected a whole number up to 2147483647, without a unit";
    private static final String LONG =
            "expected a whole number up to 9223372036854775807, without a unit";
    private static final String TIME = "expected a duration such as 5s";

    @TempDir Path folder;

    private CamelFixture camel;
    private String module;

    @BeforeEach
    void write() {
        camel = new CamelFixture(folder);
        module = camel.module("guest", TestModules.append("-x"));
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }

    private static String refusalByMain(String option, String value) {
        Main main = new Main();
        main.addProperty("camel.component.dagwasm." + option, value);
        try {
            return root(catchThrowable(main::start)).getMessage();
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"64MB", "64k", "1m", "1s", "abc", "1.5", "0x10", "1_000", "6 4", "\u0663"})
    void whatIsNoNumberIsRefused(String value) {
        assertThat(refusalByMain("memoryMbCeiling", value)).isEqualTo("memoryMbCeiling: " + INT);
        assertThat(refusalByMain("log-bytes", value)).isEqualTo("logBytes: " + INT);
        assertThat(refusalByMain("fuelCeiling", value)).isEqualTo("fuelCeiling: " + LONG);
        assertThat(refusalByMain("poolSize", value)).isEqualTo("poolSize: " + INT);
        assertThat(refusalOfUri("memoryMb", value)).isEqualTo("memoryMb: " + INT);
        assertThat(refusalOfUri("outputBytes", value)).isEqualTo("outputBytes: " + LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5s", "5S", "soon", "10s abc", "1m1h", "5 s", "1h30", "s"})
    void whatIsNoTimeIsRefused(String value) {
        assertThat(refusalByMain("timeoutCeiling", value)).isEqualTo("timeoutCeiling: " + TIME);
        assertThat(refusalOfUri("timeout", value)).isEqualTo("timeout: " + TIME);
    }

    @ParameterizedTest
    @CsvSource({"memoryMb, 99999999999", "memoryMb, 2147483648", "memoryMb, -2147483649"})
    void aNumberDoesNotOverflow(String option, String value) {
        assertThat(refusalOfUri(option, value)).isEqualTo(option + ": " + INT);
        assertThat(refusalOfUri("inputBytes", "9223372036854775808"))
                .isEqualTo("inputBytes: " + LONG);
        assertThat(refusalOfUri("timeout", "99999999999999999d")).isEqualTo("timeout: " + TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "on"})
    void whatIsNoTruthValueIsRefused(String value) {
        assertThat(refusalByMain("allowRemoteModules", value))
                .isEqualTo("allowRemoteModules: expected true or false");
        assertThat(refusalOfUri("metadataHeaders", value))
                .isEqualTo("metadataHeaders: expected true or false");
    }

    private String refusalOfUri(String option, String value) {
        String uri = module + "?" + option + "=RAW(" + value + ")";
        return root(catchThrowable(() -> camel.context.getEndpoint(uri))).getMessage();
    }

    @ParameterizedTest
    @CsvSource({
        "250, 250",
        "' 7 ', 7",
        "500ms, 500",
        "5s, 5000",
        "1m30s, 90000",
        "1h, 3600000",
        "1d2h3m4s5ms, 93784005",
        "PT1.5S, 1500",
        "PT2M, 120000"
    })
    void aTimeIsWhatIsWritten(String value, long millis) {
        DagWasmEndpoint endpoint =
                camel.context.getEndpoint(
                        module + "?timeout=RAW(" + value + ")", DagWasmEndpoint.class);

        assertThat(endpoint.getTimeout()).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void blanksAroundANumberAreNotPartOfIt() throws Exception {
        Main main = new Main();
        main.addProperty("camel.component.dagwasm.memoryMbCeiling", "7 ");
        main.addProperty("camel.component.dagwasm.allowRemoteModules", "TRUE ");
        main.start();
        try {

            DagWasmComponent component =
                    main.getCamelContext().getComponent("dagwasm", DagWasmComponent.class);
            assertThat(component.getMemoryMbCeiling()).isEqualTo(7);
            assertThat(component.isAllowRemoteModules()).isTrue();
        } finally {
            main.stop();
        }
    }

    @Test
    void aRouteNamesTheOption() {
        camel.routes(routes -> routes.from("direct:in").to(module + "?logBytes=64k"));

        assertThatThrownBy(camel.context::start)
                .isInstanceOf(FailedToCreateRouteException.class)
                .hasRootCauseMessage("logBytes: " + INT);
    }
}
