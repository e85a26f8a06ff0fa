package io.github.dagwasm.text;

/**
 * Writes JSON (RFC 8259) into memory: the report, the schema of pipeline files and the {@code json}
 * merge. The caller keeps names and values paired. Not safe for use by several threads.
 */
public final class JsonWriter {

    private final StringBuilder out = new StringBuilder();

    /**
     * Begins an object.
     *
     * @return this
     */
    public JsonWriter beginObject() {
        separate();
        out.append('{');
        return this;
    }

    /**
     * Ends the object begun last.
     *
     * @return this
     */
    public JsonWriter endObject() {
        out.append('}');
        return this;
    }

    /**
     * Begins an array.
     *
     * @return this
     */
    public JsonWriter beginArray() {
        separate();
        out.append('[');
        return this;
    }

    /**
     * Ends the array begun last.
     *
     * @return this
     */
    public JsonWriter endArray() {
        out.append(']');
        return this;
    }

    /**
     * Writes the name of an object's next value.
     *
     * @param name the name
     * @return this
     */
    public JsonWriter name(String name) {
        separate();
        quote(name, out);
        out.append(':');
        return this;
    }

    /**
     * Writes a string.
     *
     * @param value the string
     * @return this
     */
    public JsonWriter value(String value) {
        separate();
        quote(value, out);
        return this;
    }

    /**
     * Writes a number.
     *
     * @param value the number
     * @return this
     */
    public JsonWriter value(long value) {
        separate();
        out.append(value);
        return this;
    }

    /**
     * Writes a truth value.
     *
     * @param value the value
     * @return this
     */
    public JsonWriter value(boolean value) {
        separate();
        out.append(value);
        return this;
    }

    /**
     * Writes null.
     *
     * @return this
     */
    public JsonWriter nullValue() {
        separate();
        out.append("null");
        return this;
    }

    /**
     * A string as JSON writes it, in its quotation marks. Quotes, backslashes, control characters
     * and unpaired surrogates are escaped, everything else stands for itself.
     *
     * @param string the string
     * @return the quoted string
     */
    public static String quote(String string) {
        StringBuilder quoted = new StringBuilder(string.length() + 2);
        quote(string, quoted);
        return quoted.toString();
    }

    /** The JSON written so far. */
    @Override
    public String toString() {
        return out.toString();
    }

    private void separate() {
        if (out.length() == 0) {
            return;
        }
        char last = out.charAt(out.length() - 1);
        if (last != '{' && last != '[' && last != ':') {
            out.append(',');
        }
    }

    private static void quote(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (Character.isISOControl(c) || isUnpaired(string, i)) {
                        appendCode(c, out);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** Not by a format: a text may have millions of them. */
    private static void appendCode(char c, StringBuilder out) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }

    /** A surrogate without its other half has no form in UTF-8. */
    private static boolean isUnpaired(String string, int at) {
        char c = string.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == string.length() || !Character.isLowSurrogate(string.charAt(at + 1));
        }
        return Character.isLowSurrogate(c)
                && (at == 0 || !Character.isHighSurrogate(string.charAt(at - 1)));
    }
}
