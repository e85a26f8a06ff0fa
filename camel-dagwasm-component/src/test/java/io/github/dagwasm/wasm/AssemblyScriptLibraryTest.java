package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.AnswerRoom;
import io.github.dagwasm.wasm.abi.GivenInput;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What AssemblyScript's own library asks its host for, of {@code library.ts}, which says how. */
class AssemblyScriptLibraryTest {

    private static final Path MODULE = Path.of("src/test/resources/assemblyscript/library.wasm");

    private static final InstanceLimits LIMITS = new InstanceLimits(1 << 20, 0, 100);

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    private TextProcessor function(String name, List<String> grants) {
        Map<String, Object> options =
                grants.isEmpty()
                        ? Map.of("function", name)
                        : Map.of("function", name, "grant", grants);
        return (TextProcessor) backend.create(definition(MODULE, Map.of(), options, Map.of()));
    }

    private static String answer(TextProcessor guest, String text) throws Exception {
        return guest.process(with(text)).text().string();
    }

    /** Its top level is built as {@code _start}. */
    @Test
    void whatItsTopLevelMadeIsThere() throws Exception {
        TextProcessor guest = function("spelled", List.of());

        for (int i = 0; i < 3; i++) {
            assertThat(answer(guest, "colour")).isEqualTo("color");
            assertThat(answer(guest, "grey")).isEqualTo("grey");
        }
    }

    @Test
    void theClockIsTheSameForEachMessageUnlessItIsGranted() throws Exception {
        TextProcessor guest = function("dated", List.of());

        for (int i = 0; i < 3; i++) {
            assertThat(answer(guest, "")).isEqualTo("946684800000 3601000.001");
        }
        long before = System.currentTimeMillis();
        String granted = answer(function("dated", List.of("clock")), "");
        assertThat(Long.parseLong(granted.substring(0, granted.indexOf(' '))))
                .isBetween(before, System.currentTimeMillis());
    }

    @Test
    void chanceIsTheSameForEachMessageUnlessItIsGranted() throws Exception {
        TextProcessor guest = function("thrown", List.of());
        String first = answer(guest, "");

        assertThat(Double.parseDouble(first)).isBetween(0.0, 1.0);
        assertThat(answer(guest, "")).isEqualTo(first);
        TextProcessor granted = function("thrown", List.of("random"));
        assertThat(answer(granted, "")).isNotEqualTo(answer(granted, ""));
    }

    @Test
    void whatItTellsAsAnErrorIsItsLastWords() {
        TextProcessor guest = function("failing", List.of());

        assertThatThrownBy(() -> answer(guest, "this"))
                .isInstanceOf(TrapException.class)
                .hasMessage(
                        "the guest trapped: Trapped on unreachable instruction; the guest's last"
                                + " line on stderr: cannot do this");
    }

    /** The lines of one call. */
    private static List<String> logged(String function, String text) throws Exception {
        WasmModule module = new ChicoryEngine().load(Files.readAllBytes(MODULE));
        AbiOptions options = AbiOptions.NONE.calling(function);
        GuestAbi abi = AbiDetector.detect(module, options);
        GuestWorld world = new GuestWorld(module);
        WasmInstance guest = module.instantiate(world.functions(), LIMITS, MemoryReserve.UNLIMITED);
        guest.call("_start");
        AnswerRoom room = new AnswerRoom(1000, MemoryReserve.UNLIMITED);

        assertThat(abi.call(guest, new GivenInput(text), world.streams(), room).text().string())
                .isEqualTo(text);
        world.renew();
        return world.logged();
    }

    @Test
    void aLineIsToldWholeAndInItsOrder() throws Exception {
        assertThat(logged("logged", "é🌍"))
                .containsExactly(
                        "saw é🌍",
                        "debug",
                        "info",
                        "warn",
                        "timer",
                        "timer",
                        "numbers 1 2.5 -3 NaN 1.0E300",
                        "none");
        assertThat(logged("logged", "")).contains("saw ", "Assertion failed: no text");
    }

    @Test
    void aLongLineIsCutWhereACharacterEnds() throws Exception {
        assertThat(logged("long", "a")).containsExactly("🌍".repeat(249));
    }
}
