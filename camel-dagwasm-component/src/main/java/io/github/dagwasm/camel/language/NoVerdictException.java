package io.github.dagwasm.camel.language;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.text.GuestText;

/** A predicate whose text is neither {@code true} nor {@code false}. */
public final class NoVerdictException extends DagWasmException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 60;

    /**
     * Creates a failure.
     *
     * @param expression the predicate
     * @param text what the text is, of which the beginning is shown
     */
    NoVerdictException(String expression, String text) {
        super(
                "predicate '%s': the text is '%s'; expected true or false"
                        .formatted(
                                GuestText.escape(expression, SHOWN), GuestText.escape(text, SHOWN)),
                null);
    }

    @Override
    public String kind() {
        return "no_verdict";
    }
}
