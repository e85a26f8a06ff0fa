package io.github.dagwasm.wasm.admission;

/**
 * How much heap parsing and compiling a module takes, at its peak. The weights are measured, see
 * RATIONALE.md, and rounded up.
 */
final class LoadEstimate {

    private static final long BASE = 4L << 20;
    private static final long PER_BYTE = 4;
    private static final long PER_INSTRUCTION = 100;
    private static final long PER_TARGET = 40;
    private static final long PER_FUNCTION = 500;
    private static final long PER_LOCAL = 8;
    private static final long PER_FRAME_SLOT = 5;
    private static final long PER_CONSTANT = 120;
    private static final long PER_ITEM = 500;

    private LoadEstimate() {}

    static long of(long bytes, Findings findings, CodeReader code) {
        long items =
                findings.used(Budget.TYPES)
                        + findings.used(Budget.GLOBALS)
                        + findings.used(Budget.EXPORTS)
                        + findings.used(Budget.IMPORTS)
                        + findings.used(Budget.DATA_SEGMENTS)
                        + findings.used(Budget.ELEMENT_SEGMENTS);
        return BASE
                + PER_BYTE * bytes
                + PER_INSTRUCTION * code.instructions()
                + PER_TARGET * code.targets()
                + PER_FUNCTION * findings.used(Budget.FUNCTIONS)
                + PER_LOCAL * findings.used(Budget.LOCALS)
                + PER_FRAME_SLOT * findings.used(Budget.FRAME_SLOTS)
                + PER_CONSTANT * findings.used(Budget.CONSTANT_INSTRUCTIONS)
                + PER_ITEM * items;
    }
}
