package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static io.github.dagwasm.wasm.TestModule.section;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.admission.ModuleFacts.Export;
import io.github.dagwasm.wasm.admission.ModuleFacts.Extent;
import io.github.dagwasm.wasm.admission.ModuleFacts.Import;
import io.github.dagwasm.wasm.admission.ModuleFacts.Kind;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final byte[] HEADER = bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
    private static final Map<String, String> PROVIDED = Map.of("env.host_log", "(i32, i32) -> ()");

    @Test
    void tellsWhatItFound() {
        byte[] module =
                TestModules.guest("text", code().get(0))
                        .table(7)
                        .function(0, 0, 30, code())
                        .bytes();

        ModuleFacts facts = scan(module);

        assertThat(facts.bytes()).isEqualTo(module.length);
        assertThat(facts.used(Budget.FUNCTIONS)).isEqualTo(4);
        assertThat(facts.used(Budget.LOCALS)).isEqualTo(33);
        assertThat(facts.tables()).containsExactly(new Extent(7, OptionalLong.empty()));
        assertThat(facts.memory()).contains(new Extent(1, OptionalLong.empty()));
        assertThat(facts.imports())
                .containsExactly(
                        new Import("env", "host_log", Kind.FUNCTION, "(i32, i32) -> ()", true));
        assertThat(facts.exports())
                .contains(new Export("process", Kind.FUNCTION, "(i32) -> (i32)"));
    }

    @Test
    void admitsAModuleWithoutSections() {
        ModuleFacts facts = scan(HEADER);

        assertThat(facts.bytes()).isEqualTo(8);
        assertThat(facts.imports()).isEmpty();
        assertThat(facts.memory()).isEmpty();
    }

    @Test
    void admitsCustomSectionsAnywhere() {
        byte[] custom = section(0, join(leb(4), "name".getBytes(UTF_8), bytes(1, 2, 3)));
        byte[] memory = section(5, bytes(1, 0, 1));

        ModuleFacts facts = scan(join(HEADER, custom, memory, custom, custom));

        assertThat(facts.customSections()).containsExactly("name", "name", "name");
        assertThat(facts.memory()).contains(new Extent(1, OptionalLong.empty()));
    }

    @Test
    void refusesSectionsOutOfOrderOrRepeated() {
        byte[] type = section(1, bytes(0));
        byte[] memory = section(5, bytes(0));

        refused(memory, type)
                .hasMessage("it is malformed: the type section stands after the memory section");
        refused(type, type).hasMessage("it is malformed: it has the type section twice");
        refused(section(12, bytes(0)), section(9, bytes(0)))
                .hasMessage(
                        "it is malformed: the element section stands after the data count section");
        refused(section(14, bytes(0)))
                .hasMessage("it is malformed: no section has the id 14 in the module, at byte 8");
    }

    @Test
    void refusesASectionThatIsLongerThanTheFileOrItsContent() {
        refused(bytes(5, 9, 1))
                .hasMessage(
                        "it is truncated or malformed: the memory section at byte 10 has 9 bytes, and"
                                + " 1 are left of the module");
        refused(section(5, bytes(1, 0)))
                .hasMessage(
                        "it is truncated or malformed: the memory section ends early, at byte 12");
        refused(section(5, bytes(1, 0, 1, 99)))
                .hasMessage("it is malformed: 1 bytes too many in the memory section, at byte 13");
    }

    @Test
    void refusesNumbersOfMoreThan32Bits() {
        refused(bytes(5, 0xff, 0xff, 0xff, 0xff, 0x1f))
                .hasMessage(
                        "it is malformed: a number of more than 32 bits in the module, at byte 9");
        refused(bytes(5, 0x80, 0x80, 0x80, 0x80, 0x80, 0))
                .hasMessage(
                        "it is malformed: a number of more than 32 bits in the module, at byte 9");
    }

    @Test
    void refusesProposalsThatAreNotSupported() {
        for (int form : new int[] {0x5f, 0x5e, 0x50, 0x4f, 0x4e}) {
            refused(section(1, bytes(1, form, 0)))
                    .hasMessage(Feature.GARBAGE_COLLECTION.refusal("type 0"));
        }
        refused(section(1, bytes(1, 0x5d, 0)))
                .hasMessage(Feature.STACK_SWITCHING.refusal("type 0"));
        for (int object : new int[] {0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71}) {
            String message = Feature.GARBAGE_COLLECTION.refusal("the table section");
            refused(section(4, bytes(1, object, 0, 1))).hasMessage(message);
            refused(section(4, bytes(1, 0x63, object, 0, 1))).hasMessage(message);
            refused(section(1, bytes(1, 0x60, 1, object, 0)))
                    .hasMessage(Feature.GARBAGE_COLLECTION.refusal("the type section"));
        }
        refused(section(1, bytes(1, 0x60, 1, 0x7b, 0)))
                .hasMessage(Feature.SIMD.refusal("the type section"));
        refused(section(1, bytes(1, 0x60, 1, 0x67, 0)))
                .hasMessage(Feature.STRING_REFERENCES.refusal("the type section"));
        refused(section(5, bytes(1, 3, 1, 1)))
                .hasMessage(Feature.THREADS.refusal("a shared memory"));
        refused(section(5, bytes(1, 4, 1)))
                .hasMessage(Feature.MEMORY_64.refusal("a 64-bit memory"));
        refused(section(4, bytes(1, 0x70, 5, 1, 1)))
                .hasMessage(Feature.MEMORY_64.refusal("a 64-bit table"));
        refused(section(5, bytes(2, 0, 1, 0, 1)))
                .hasMessage(Feature.MULTI_MEMORY.refusal("the memory section"));
    }

    @Test
    void refusesImportsThatAreNoFunctions() {
        refused(
                        section(
                                2,
                                join(
                                        bytes(1, 3),
                                        "env".getBytes(UTF_8),
                                        bytes(6),
                                        "memory".getBytes(UTF_8),
                                        bytes(2, 0, 1))))
                .hasMessage(
                        "import env.memory (memory) is not provided; provided: env.host_log; define"
                                + " the memory in the module (asc without --importMemory, clang"
                                + " without -Wl,--import-memory)");
    }

    @Test
    void sumsTheLocalsOfAllGroupsAsLongs() {
        byte[] group = join(leb(0xffff_ffffL), bytes(0x7f));
        byte[] body = join(leb(2), group, group, bytes(0x0b));

        refused(
                        section(1, bytes(1, 0x60, 0, 0)),
                        section(3, bytes(1, 0)),
                        section(10, join(leb(1), leb(body.length), body)))
                .hasMessage(
                        "locals over all functions: 8589934590, over the budget of 5000000 (option"
                                + " wasm.admission.locals)");
    }

    @Test
    void aCountThatTheBytesDoNotBearOutCostsNothing() {
        Budgets large = Budgets.DEFAULTS.with(Budget.TYPES, Budget.TYPES.most());
        byte[] module = join(HEADER, section(1, leb(1_000_000)));

        assertThatThrownBy(() -> scan(module, large))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "it is truncated or malformed: the type section ends early, at byte 13");
        refused(section(1, leb(0xffff_ffffL)))
                .hasMessage(
                        "types: 4294967295, over the budget of 10000 (option wasm.admission.types)");
    }

    private static AbstractThrowableAssert<?, ?> refused(byte[]... sections) {
        byte[] module = join(HEADER, join(sections));
        return assertThatThrownBy(() -> scan(module)).isInstanceOf(ModuleRefusedException.class);
    }

    private static ModuleFacts scan(byte[] module) {
        return scan(module, Budgets.DEFAULTS);
    }

    private static ModuleFacts scan(byte[] module, Budgets budgets) {
        return Admission.scan(module, budgets, GuestLimits.DEFAULTS, PROVIDED);
    }

    /** Keeps the recipes honest: what they build is what the scan reads. */
    @Test
    void admitsEveryRecipe() {
        for (byte[] module :
                List.of(
                        TestModules.echo(),
                        TestModules.append("!"),
                        TestModules.trap(),
                        TestModules.endlessStart(),
                        TestModules.deepLog(),
                        new TestModule().memory(1, 2).bytes())) {
            assertThat(scan(module).bytes()).isEqualTo(module.length);
        }
    }
}
