package io.github.dagwasm.wasm.engine;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.List;

/**
 * A function's type.
 *
 * @param parameters the types of its parameters
 * @param results the types of its results
 */
public record Signature(List<ValueType> parameters, List<ValueType> results) {

    /** Copies the lists. */
    public Signature {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    /**
     * A type of 32-bit integers alone.
     *
     * @param parameters how many parameters
     * @param results how many results
     * @return the type
     */
    public static Signature ofI32(int parameters, int results) {
        return new Signature(i32(parameters), i32(results));
    }

    /** The form in which messages show it, as in {@code (i32, i32) -> (i32)}. */
    @Override
    public String toString() {
        return inParentheses(parameters) + " -> " + inParentheses(results);
    }

    private static List<ValueType> i32(int count) {
        return Collections.nCopies(count, ValueType.I32);
    }

    private static String inParentheses(List<ValueType> types) {
        return types.stream().map(ValueType::toString).collect(joining(", ", "(", ")"));
    }
}
