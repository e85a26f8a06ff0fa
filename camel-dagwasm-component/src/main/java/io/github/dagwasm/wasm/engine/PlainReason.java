package io.github.dagwasm.wasm.engine;

/**
 * Why the JVM or the engine failed, in words for a user: neither names of classes nor texts of the
 * JDK, which hold names of classes, addresses of objects and bits of code. The exception itself
 * stays the cause. Stateless.
 */
public final class PlainReason {

    private static final int MOST_CAUSES = 16;

    private PlainReason() {}

    /**
     * The reason for a failure.
     *
     * @param failure the failure; its causes are asked too
     * @return a few words without a full stop
     */
    public static String of(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; at != null && i < MOST_CAUSES; i++) {
            String reason = known(at);
            if (!reason.isEmpty()) {
                return reason;
            }
            at = at.getCause();
        }
        return "an internal error";
    }

    private static String known(Throwable t) {
        if (t instanceof OutOfMemoryError) {
            return "the JVM's memory does not suffice";
        }
        if (t instanceof StackOverflowError) {
            return "the thread's stack does not suffice";
        }
        if (t instanceof VerifyError || t instanceof ClassFormatError) {
            return "the JVM refuses the compiled code";
        }
        if (t instanceof LinkageError) {
            return "libraries on the class path do not fit together";
        }
        if (t instanceof IndexOutOfBoundsException || t instanceof NegativeArraySizeException) {
            return "an index or a size is out of range";
        }
        if (t instanceof NullPointerException) {
            return "a value is missing (null)";
        }
        if (t instanceof ClassCastException) {
            return "a value has another type than expected";
        }
        return t instanceof ArithmeticException ? "a number is out of range" : "";
    }
}
