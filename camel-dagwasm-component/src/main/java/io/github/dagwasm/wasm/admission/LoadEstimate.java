package io.github.dagwasm.wasm.admission;

/**
 * How much heap parsing and compiling a module takes, at its peak. The weights are measured, see
 * RATIONALE.md, and rounded up.
 */
final class LoadEstimate {

    private static final long BASE = 4L << 20;
    private static final long PER_BYTE = 4;
    private static final long PER_INSTRUCTION = 100;

    /** What is known of one function at a time. */
    private static final long PER_INSTRUCTION_OF_LARGEST = 280;

    private static final long PER_TARGET = 130;
    private static final long PER_PLACE = 250;
    private static final long PER_FUNCTION = 4000;
    private static final long PER_FUNCTION_VALUE = 40;
    private static final long PER_LOCAL = 30;
    private static final long PER_FRAME_SLOT = 9;
    private static final long PER_HANDLER_EDGE = 40;
    private static final long PER_STACK_VALUE = 40;
    private static final long PER_TYPE = 4200;
    private static final long PER_TYPE_VALUE = 170;

    /** A branch of the switch that calls functions by their type; and for each value its frames. */
    private static final long PER_PAIR = 100;

    private static final long PER_PAIR_VALUE = 30;
    private static final long PER_CONSTANT = 120;
    private static final long PER_ITEM = 500;

    private LoadEstimate() {}

    static long of(long bytes, Findings findings, IndexSpaces spaces, CodeReader code) {
        return BASE + PER_BYTE * bytes + ofDefinitions(findings, spaces) + ofCode(findings, code);
    }

    private static long ofDefinitions(Findings findings, IndexSpaces spaces) {
        long items =
                findings.used(Budget.GLOBALS)
                        + findings.used(Budget.EXPORTS)
                        + findings.used(Budget.IMPORTS)
                        + findings.used(Budget.DATA_SEGMENTS)
                        + findings.used(Budget.ELEMENT_SEGMENTS);
        return PER_TYPE * findings.used(Budget.TYPES)
                + PER_TYPE_VALUE * spaces.types().allValues()
                + PER_PAIR * findings.used(Budget.SIGNATURE_PAIRS)
                + PER_PAIR_VALUE * spaces.pairValues()
                + PER_FUNCTION * findings.used(Budget.FUNCTIONS)
                + PER_FUNCTION_VALUE * spaces.functionValues()
                + PER_CONSTANT * findings.used(Budget.CONSTANT_INSTRUCTIONS)
                + PER_ITEM * items;
    }

    private static long ofCode(Findings findings, CodeReader code) {
        return PER_INSTRUCTION * code.instructions()
                + PER_INSTRUCTION_OF_LARGEST * code.largestBody()
                + PER_TARGET * code.targets()
                + PER_PLACE * code.places()
                + PER_LOCAL * findings.used(Budget.LOCALS)
                + PER_FRAME_SLOT * findings.used(Budget.FRAME_SLOTS)
                + PER_HANDLER_EDGE * findings.used(Budget.HANDLER_EDGES)
                + PER_STACK_VALUE * findings.used(Budget.STACK_VALUES);
    }
}
