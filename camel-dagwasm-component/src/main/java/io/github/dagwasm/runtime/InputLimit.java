package io.github.dagwasm.runtime;

/**
 * How large the input of a run may be.
 *
 * @param bytes the most bytes of UTF-8
 * @param option what the user calls the option that sets it
 */
record InputLimit(long bytes, String option) {}
