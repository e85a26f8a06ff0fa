package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.Bombs;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every reason at once. */
class ExaminationTest {

    private static final long SEED = 20261123;
    private static final Map<String, String> PROVIDED = Map.of("env.host_log", "(i32, i32) -> ()");
    private static final Terms TERMS = terms(Budgets.DEFAULTS, 1L << 30);

    @Test
    void aSoundModuleIsAdmitted() {
        Examination examination = Admission.examine(TestModules.echo(), TERMS);

        assertThat(examination.admitted()).isTrue();
        assertThat(examination.whole()).isTrue();
        assertThat(examination.facts()).isEqualTo(Admission.scan(TestModules.echo(), TERMS));
    }

    @Test
    void tellsOfEveryReason() {
        byte[] module =
                new TestModule()
                        .importFunction("env", "host_log", 1, 0)
                        .importFunction("wasi_other", "fd\u202eread", 2, 1)
                        .memory(2000)
                        .memory(1)
                        .table(200_000)
                        .function(0, 0, 6_000_000, code())
                        .bytes();

        Examination examination = Admission.examine(module, TERMS);

        assertThat(examination.whole()).isTrue();
        assertThat(examination.admitted()).isFalse();
        assertThat(examination.refusals())
                .containsExactly(
                        "import env.host_log has the type (i32) -> (); provided: (i32, i32) -> ();"
                                + " declare it with this type",
                        "import wasi_other.fd\\u{202e}read is not provided; provided:"
                                + " env.host_log; build it without this import",
                        "table entries: 200000, over the limit of 100000 (option limits.table_entries)",
                        "initial memory bytes: 131072000, over the limit of 67108864 (option"
                                + " limits.memory_mb)",
                        "it uses a proposal that is not supported: multiple memories (the memory"
                                + " section); link it with one memory",
                        "locals over all functions: 6000000, over the budget of 5000000 (option"
                                + " wasm.admission.locals)");
    }

    @Test
    void keepsWhatWasFoundBeforeAPlaceThatCannotBeRead() {
        byte[] module = TestModules.echo();

        Examination examination =
                Admission.examine(Arrays.copyOf(module, module.length - 1), TERMS);

        assertThat(examination.whole()).isFalse();
        assertThat(examination.refusals()).hasSize(1);
        assertThat(examination.facts().exports()).hasSize(4);
    }

    @Test
    void keepsTheFirstOfManyAndTheirNumber() {
        Examination examination = Admission.examine(Bombs.all().get("many exports").get(), TERMS);

        assertThat(examination.refusals())
                .contains(
                        "exports: 200000, over the budget of 20000 (option"
                                + " wasm.admission.exports)");
        assertThat(examination.facts().exports()).hasSize(ModuleFacts.SHOWN);
        assertThat(examination.facts().used(Budget.EXPORTS)).isEqualTo(200_000);
    }

    @Test
    void refusesWhatTheHeapCannotLoad() {
        byte[] module = TestModules.echo();
        long load = Admission.scan(module, TERMS).loadBytes();

        assertThat(Admission.scan(module, terms(Budgets.DEFAULTS, 2 * load)).loadBytes())
                .isEqualTo(load);
        assertThatThrownBy(() -> Admission.scan(module, terms(Budgets.DEFAULTS, 2 * load - 2)))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "loading it takes about 4 MiB of heap, over half of the 8 MiB that there"
                                + " are; start Java with a larger heap (-Xmx9m)");
    }

    @Test
    void refusesANameThatIsExportedTwice() {
        byte[] twice =
                join(
                        bytes(0, 'a', 's', 'm', 1, 0, 0, 0),
                        section(5, bytes(1, 0, 1)),
                        section(7, bytes(3, 1, 'a', 2, 0, 1, '\n', 2, 0, 1, '\n', 2, 0)));

        assertThatThrownBy(() -> Admission.scan(twice, TERMS))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage("it exports \\u{a} twice");
    }

    @Test
    void aSpoiltModuleIsRefusedOrAdmittedAndNothingElse() {
        byte[] sound =
                TestModules.guest("text", code().get(0))
                        .table(3)
                        .global(7)
                        .function(0, 0, 3, code().block().loop().br(1).end().end())
                        .bytes();
        Random random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] spoilt = sound.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
            }
            Examination examination = Admission.examine(spoilt, TERMS);
            refused += examination.admitted() ? 0 : 1;
            assertThat(examination.refusals()).allMatch(reason -> reason.length() < 2000);
            assertThat(admitted(spoilt))
                    .as("seed %d, %d", SEED, i)
                    .isEqualTo(examination.admitted());
        }

        assertThat(refused).isBetween(10_000, 19_999);
    }

    private static boolean admitted(byte[] module) {
        try {
            Admission.scan(module, TERMS);
            return true;
        } catch (ModuleRefusedException e) {
            return false;
        }
    }

    private static Terms terms(Budgets budgets, long heapBytes) {
        return new Terms(budgets, GuestLimits.DEFAULTS, PROVIDED, heapBytes);
    }
}
