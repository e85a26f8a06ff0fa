package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static io.github.dagwasm.wasm.TestModule.section;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One module that has something of everything, against each budget. */
class BudgetTest {

    private static final byte[] IMPORT =
            join(bytes(3), ascii("env"), bytes(8), ascii("host_log"), bytes(0, 1));

    /**
     * Seven locals, an empty try_table, two loops in a block, a branch, a branch table with an
     * operand below it.
     */
    private static final byte[] BODY =
            join(
                    bytes(2, 3, 0x7f, 4, 0x7e),
                    bytes(0x1f, 0x40, 0, 0x0b),
                    bytes(0x41, 5),
                    bytes(0x02, 0x40),
                    bytes(0x03, 0x40, 0x0b),
                    bytes(0x03, 0x40, 0x0c, 1, 0x0b),
                    bytes(0x0b),
                    bytes(0x41, 0, 0x0e, 2, 0, 0, 0),
                    bytes(0x0b));

    private static final byte[] MODULE =
            join(
                    bytes(0, 'a', 's', 'm', 1, 0, 0, 0),
                    section(
                            1,
                            join(
                                    bytes(4),
                                    bytes(0x60, 0, 0),
                                    bytes(0x60, 2, 0x7f, 0x7f, 0),
                                    bytes(0x60, 0, 0),
                                    bytes(0x60, 1, 0x7f, 2, 0x7f, 0x7e))),
                    section(2, join(bytes(2), IMPORT, IMPORT)),
                    section(3, bytes(3, 0, 2, 3)),
                    section(4, bytes(2, 0x70, 0, 1, 0x6f, 0, 2)),
                    section(5, bytes(1, 1, 1, 9)),
                    section(13, bytes(1, 0, 0)),
                    section(
                            6,
                            bytes(
                                    2, 0x7f, 0, 0x41, 0, 0x0b, 0x7f, 1, 0x41, 1, 0x41, 1, 0x6a,
                                    0x0b)),
                    section(7, bytes(2, 1, 'f', 0, 4, 1, 'g', 3, 1)),
                    section(8, bytes(2)),
                    section(9, bytes(2, 0, 0x41, 0, 0x0b, 2, 2, 3, 5, 0x70, 1, 0xd0, 0x70, 0x0b)),
                    section(12, bytes(2)),
                    section(
                            10,
                            join(
                                    bytes(3),
                                    leb(BODY.length),
                                    BODY,
                                    bytes(2, 0, 0x0b),
                                    bytes(3, 0, 0, 0x0b))),
                    section(11, bytes(2, 0, 0x41, 0, 0x0b, 2, 'a', 'b', 1, 1, 'c')),
                    section(0, join(bytes(4), ascii("note"), bytes(1, 2, 3))));

    private static final Map<Budget, Long> USED =
            Map.ofEntries(
                    Map.entry(Budget.MODULE_BYTES, (long) MODULE.length),
                    Map.entry(Budget.TYPES, 4L),
                    Map.entry(Budget.TYPE_VALUES, 3L),
                    // Two types and two functions of one signature, one and two of another, one
                    // and one of the third.
                    Map.entry(Budget.SIGNATURE_PAIRS, 7L),
                    Map.entry(Budget.TYPE_CHECKS, 20L),
                    // The last type has three values.
                    Map.entry(Budget.TYPE_COMPARISON, 4L),
                    // Two types and two functions of one shape, a step each; one type and two
                    // functions of three steps; one and one of four.
                    Map.entry(Budget.TYPE_COMPARISONS, 14L),
                    Map.entry(Budget.IMPORTS, 2L),
                    Map.entry(Budget.FUNCTIONS, 3L),
                    Map.entry(Budget.TABLES, 2L),
                    Map.entry(Budget.TAGS, 1L),
                    Map.entry(Budget.GLOBALS, 2L),
                    Map.entry(Budget.CONSTANT_INSTRUCTIONS, 9L),
                    Map.entry(Budget.EXPORTS, 2L),
                    Map.entry(Budget.NAME_BYTES, 28L),
                    Map.entry(Budget.ELEMENT_SEGMENTS, 2L),
                    Map.entry(Budget.ELEMENT_ENTRIES, 3L),
                    Map.entry(Budget.LOCALS, 7L),
                    Map.entry(Budget.CODE_BYTES, BODY.length + 5L),
                    Map.entry(Budget.BODY_BYTES, (long) BODY.length),
                    Map.entry(Budget.NESTING, 2L),
                    Map.entry(Budget.BRANCH_TARGETS, 2L),
                    // The branch leaves two blocks, and each target of the table one.
                    Map.entry(Budget.BRANCH_DEPTHS, 5L),
                    // The second loop has one before it, and both count themselves.
                    Map.entry(Budget.LOOP_NEIGHBOURS, 3L),
                    // One at each of three blocks, one at each of three targets.
                    Map.entry(Budget.FUNCTION_STACK_VALUES, 6L),
                    Map.entry(Budget.STACK_VALUES, 8L),
                    // Seven locals at three blocks, five ends, a branch, three targets and six
                    // places around what is tried; one parameter at an end.
                    Map.entry(Budget.FRAME_SLOTS, 127L),
                    // These six and the end.
                    Map.entry(Budget.HANDLER_EDGES, 7L),
                    Map.entry(Budget.DATA_SEGMENTS, 2L),
                    Map.entry(Budget.CUSTOM_SECTIONS, 1L));

    @Test
    void countsWhatAModuleHas() {
        assertThat(scan(Budgets.DEFAULTS).used()).containsExactlyInAnyOrderEntriesOf(USED);
    }

    @ParameterizedTest
    @EnumSource
    void admitsWhatIsExactlyWithinABudgetAndRefusesOneMore(Budget budget) {
        long used = USED.get(budget);

        assertThat(scan(Budgets.DEFAULTS.with(budget, used)).used(budget)).isEqualTo(used);
        assertThatThrownBy(() -> scan(Budgets.DEFAULTS.with(budget, used - 1)))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        budget.noun()
                                + which(budget)
                                + ": "
                                + used
                                + ", over the budget of "
                                + (used - 1)
                                + " (option wasm.admission."
                                + budget.key()
                                + ")");
    }

    @ParameterizedTest
    @EnumSource
    void countsOnWhereABudgetIsExceeded(Budget budget) {
        Budgets none = Budgets.DEFAULTS.with(budget, 0);

        Examination examination = Admission.examine(MODULE, none, GuestLimits.DEFAULTS, PROVIDED);

        assertThat(examination.whole()).isTrue();
        assertThat(examination.refusals())
                .anyMatch(reason -> reason.endsWith("(option " + budget.option() + ")"));
        assertThat(examination.facts().used(budget)).isEqualTo(USED.get(budget));
    }

    @Test
    void everyDefaultIsWithinWhatCanBeAllowed() {
        assertThat(Budget.values()).allMatch(budget -> budget.byDefault() < budget.most());
    }

    private static final Map<String, String> PROVIDED = Map.of("env.host_log", "(i32, i32) -> ()");

    private static String which(Budget budget) {
        return switch (budget) {
            case TYPE_VALUES, TYPE_COMPARISON -> " (type 3)";
            case BODY_BYTES, NESTING, BRANCH_TARGETS, FUNCTION_STACK_VALUES -> " (function 2)";
            default -> "";
        };
    }

    private static ModuleFacts scan(Budgets budgets) {
        return Admission.scan(MODULE, budgets, GuestLimits.DEFAULTS, PROVIDED);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
