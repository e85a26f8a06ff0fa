package io.github.dagwasm.wasm.admission;

/**
 * UTF-8 as Unicode defines it: no overlong form, no surrogate, nothing above U+10FFFF. Stateless.
 */
final class Utf8 {

    private Utf8() {}

    /**
     * The first byte at which a text is malformed.
     *
     * @param from where the text begins
     * @param to where it ends
     * @return the place of the sequence that is wrong or cut, or the end where all is well
     */
    static int firstMalformed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int length = length(bytes[at] & 0xff);
            if (length == 0 || length > to - at || !continues(bytes, at, length)) {
                return at;
            }
            at += length;
        }
        return to;
    }

    /** How many bytes a sequence has that begins with this one; 0 where none does. */
    private static int length(int first) {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xc2) {
            return 0;
        }
        if (first < 0xe0) {
            return 2;
        }
        if (first < 0xf0) {
            return 3;
        }
        return first < 0xf5 ? 4 : 0;
    }

    private static boolean continues(byte[] bytes, int at, int length) {
        for (int i = 1; i < length; i++) {
            int next = bytes[at + i] & 0xff;
            if (next < (i == 1 ? lowest(bytes[at] & 0xff) : 0x80)
                    || next > (i == 1 ? highest(bytes[at] & 0xff) : 0xbf)) {
                return false;
            }
        }
        return true;
    }

    /** The least second byte: less would be an overlong form. */
    private static int lowest(int first) {
        return switch (first) {
            case 0xe0 -> 0xa0;
            case 0xf0 -> 0x90;
            default -> 0x80;
        };
    }

    /** The greatest second byte: more would be a surrogate, or above U+10FFFF. */
    private static int highest(int first) {
        return switch (first) {
            case 0xed -> 0x9f;
            case 0xf4 -> 0x8f;
            default -> 0xbf;
        };
    }
}
