package io.github.dagwasm.benchmarks.worker;

/**
 * What a worker does.
 *
 * @param input the text of every call
 * @param expected the answer
 * @param embedding how it is had
 */
record Assignment(String input, String expected, Embedding embedding) {

    /** Sees that a caller answers what is expected, several times. */
    void verify(Caller caller) throws Exception {
        for (int i = 0; i < 3; i++) {
            String answer = caller.call(input);
            if (!expected.equals(answer)) {
                throw new IllegalStateException(
                        "call "
                                + (i + 1)
                                + ": expected "
                                + shown(expected)
                                + ", got "
                                + shown(answer));
            }
        }
    }

    private static String shown(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
