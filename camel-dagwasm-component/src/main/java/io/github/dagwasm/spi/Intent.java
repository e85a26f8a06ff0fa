package io.github.dagwasm.spi;

/** What a processor does with its text. */
public enum Intent {
    /** Its output is its text. */
    TRANSFORM,
    /** It adds metadata; its text is its input, unchanged, whatever it returns. */
    ANALYZE
}
