package io.github.dagwasm.wasm.engine.chicory;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A value that a script gives or expects.
 *
 * @param type such as {@code f32}
 * @param text an unsigned number of the value's bits, or a pattern: {@code nan:canonical}, {@code
 *     any}
 */
record SpecValue(String type, String text) {

    private static final long NULL = -1;
    private static final long F32_MAGNITUDE = 0x7fff_ffffL;
    private static final long F32_CANONICAL = 0x7fc0_0000L;
    private static final long F64_MAGNITUDE = Long.MAX_VALUE;
    private static final long F64_CANONICAL = 0x7ff8_0000_0000_0000L;

    /** The value as the engine takes it. */
    long bits() {
        if (text.equals("null")) {
            return NULL;
        }
        return is64() ? Long.parseUnsignedLong(text) : (int) Long.parseLong(text);
    }

    /** Whether a result of the engine is what is expected. */
    boolean matches(long result) {
        return switch (text) {
            case "nan:canonical" -> isCanonical(result);
            case "nan:arithmetic" -> isArithmetic(result);
            case "null" -> (int) result == NULL;
            case "any" -> (int) result != NULL;
            default -> is64() ? result == bits() : (int) result == (int) bits();
        };
    }

    static boolean match(List<SpecValue> expected, List<Long> results) {
        return expected.size() == results.size()
                && IntStream.range(0, results.size())
                        .allMatch(i -> expected.get(i).matches(results.get(i)));
    }

    /** The sign is free, the payload is not. */
    private boolean isCanonical(long result) {
        return is64()
                ? (result & F64_MAGNITUDE) == F64_CANONICAL
                : (result & F32_MAGNITUDE) == F32_CANONICAL;
    }

    /** The quiet bit is set; sign and payload are free. */
    private boolean isArithmetic(long result) {
        return is64()
                ? (result & F64_CANONICAL) == F64_CANONICAL
                : (result & F32_CANONICAL) == F32_CANONICAL;
    }

    private boolean is64() {
        return type.endsWith("64");
    }

    @Override
    public String toString() {
        boolean number = !text.isEmpty() && Character.isDigit(text.charAt(0));
        if (!number) {
            return text;
        }
        return "0x" + Long.toHexString(bits());
    }
}
