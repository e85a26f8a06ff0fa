package io.github.dagwasm.cli.graph;

/**
 * Estimates how wide a text will be drawn in a fixed-width font, without a font: what shows it may
 * not be here. Rather too wide than too narrow.
 */
final class TextWidth {

    /** Common fixed-width fonts need 0.55 to 0.61 of their size for a character. */
    private static final double CELL = 0.62;

    private TextWidth() {}

    static double of(String text, double fontSize) {
        return text.codePoints().map(TextWidth::cells).sum() * CELL * fontSize;
    }

    private static int cells(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
            default -> wide(c) ? 2 : 1;
        };
    }

    /** East Asian scripts, emoji and symbols that many fonts draw as emoji. */
    private static boolean wide(int c) {
        return c >= 0x2e80
                || (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x231a && c <= 0x23ff)
                || (c >= 0x2600 && c <= 0x27bf)
                || (c >= 0x2b00 && c <= 0x2bff);
    }
}
