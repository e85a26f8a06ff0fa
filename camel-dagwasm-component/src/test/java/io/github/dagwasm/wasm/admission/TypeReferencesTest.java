package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static io.github.dagwasm.wasm.TestModule.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.Bombs;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Types that refer to types, which engines compare as trees. */
@Timeout(600)
class TypeReferencesTest {

    private static final byte[] HEADER = bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
    private static final byte[] EMPTY = bytes(0x60, 0, 0);

    @Test
    void twoChainsOfEqualTypesAreRefusedBeforeAnEngineComparesThem() {
        assertThatThrownBy(() -> scan(types(chains(60, 2))))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "steps of comparing one type (type 12): 1821, over the budget of 1000 (option"
                                + " wasm.admission.type_comparison)");
    }

    @Test
    void theStepsOfHugeTreesDoNotOverflow() {
        Budgets most =
                Budgets.DEFAULTS
                        .with(Budget.TYPE_COMPARISON, Budget.TYPE_COMPARISON.most())
                        .with(Budget.TYPE_COMPARISONS, Budget.TYPE_COMPARISONS.most());

        assertThatThrownBy(() -> scan(types(chains(1000, 20)), most))
                .hasMessageEndingWith(
                        "over the budget of 1000000 (option wasm.admission.type_comparison)");
    }

    @Test
    void aChainWithoutEqualsIsComparedAlongOnePath() {
        ModuleFacts facts = scan(types(chain(0, 200, 1)));

        assertThat(facts.used(Budget.TYPE_COMPARISON)).isEqualTo(1 + 200 * 2);
    }

    @Test
    void manyReferencesToTypesWithoutEqualsCostNoMore() {
        assertThat(scan(types(chain(0, 60, 2))).used(Budget.TYPE_COMPARISON)).isEqualTo(1 + 60 * 3);
    }

    @Test
    void typesThatReferToEqualTypesAreEqual() {
        // () and () are one signature, and so are the types of functions that take these.
        byte[] first = bytes(0x60, 1, 0x64, 0, 0);
        byte[] second = bytes(0x60, 1, 0x64, 1, 0);
        byte[] module =
                join(
                        types(List.of(EMPTY, EMPTY, first, second)),
                        section(3, bytes(2, 2, 3)),
                        section(10, bytes(2, 2, 0, 0x0b, 2, 0, 0x0b)));

        assertThat(scan(module).used(Budget.SIGNATURE_PAIRS)).isEqualTo(4);
    }

    @Test
    void nullableAndOtherReferencesDiffer() {
        byte[] first = bytes(0x60, 1, 0x64, 0, 0);
        byte[] second = bytes(0x60, 1, 0x63, 0, 0);
        byte[] module =
                join(
                        types(List.of(EMPTY, first, second)),
                        section(3, bytes(2, 1, 2)),
                        section(10, bytes(2, 2, 0, 0x0b, 2, 0, 0x0b)));

        assertThat(scan(module).used(Budget.SIGNATURE_PAIRS)).isEqualTo(2);
    }

    @Test
    void aTypeMayReferToItself() {
        byte[] itself = bytes(0x60, 1, 0x63, 0, 0);
        byte[] another = bytes(0x60, 1, 0x63, 1, 0);

        byte[] module = types(List.of(itself, another));

        assertThat(scan(module).used(Budget.TYPE_COMPARISON)).isEqualTo(2);
        assertThat(new ChicoryEngine().load(module)).isNotNull();
    }

    @Test
    void aTypeThatRefersToALaterOneIsRefused() {
        assertThatThrownBy(() -> scan(types(List.of(bytes(0x60, 1, 0x63, 1, 0), EMPTY))))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage("type 0 refers to type 1, which is not before it");
    }

    @Test
    void instructionsThatMayCompareReferencesCount() {
        // A type of 81 steps, and a thousand instructions.
        byte[] body = join(bytes(0), Bombs.repeated(999, 1), bytes(0x0b));
        byte[] module =
                join(
                        types(chain(0, 40, 1)),
                        section(3, bytes(1, 0)),
                        section(10, join(bytes(1), leb(body.length), body)));

        assertThat(scan(module).used(Budget.TYPE_COMPARISONS)).isEqualTo(81 * 1000 + 1);
    }

    @Test
    void whatIsAdmittedIsLoaded() {
        byte[] module = types(chains(4, 2));

        assertThat(scan(module).used(Budget.TYPE_COMPARISON)).isLessThanOrEqualTo(1000);
        assertThat(new ChicoryEngine().load(module)).isNotNull();
    }

    /** Two chains of types in turn, each type with so many references to the one before. */
    private static List<byte[]> chains(int length, int references) {
        List<byte[]> types = new ArrayList<>(List.of(EMPTY, EMPTY));
        for (int i = 0; i < length; i++) {
            types.add(referring(references, 2 * i));
            types.add(referring(references, 2 * i + 1));
        }
        return types;
    }

    private static List<byte[]> chain(int first, int length, int references) {
        List<byte[]> types = new ArrayList<>(List.of(EMPTY));
        for (int i = 0; i < length; i++) {
            types.add(referring(references, first + i));
        }
        return types;
    }

    private static byte[] referring(int references, int type) {
        byte[] reference = join(bytes(0x64), signed(type));
        byte[] all = bytes();
        for (int i = 0; i < references; i++) {
            all = join(all, reference);
        }
        return join(bytes(0x60), leb(references), all, bytes(0));
    }

    /** A type's index as it stands in a reference: signed, in two bytes. */
    private static byte[] signed(int value) {
        return bytes((value & 0x7f) | 0x80, value >> 7);
    }

    private static byte[] types(List<byte[]> types) {
        return join(
                HEADER, section(1, join(leb(types.size()), join(types.toArray(new byte[0][])))));
    }

    private static ModuleFacts scan(byte[] module) {
        return scan(module, Budgets.DEFAULTS);
    }

    private static ModuleFacts scan(byte[] module, Budgets budgets) {
        return Admission.scan(module, budgets, GuestLimits.DEFAULTS, Map.of());
    }
}
