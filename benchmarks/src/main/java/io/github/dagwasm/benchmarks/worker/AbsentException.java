package io.github.dagwasm.benchmarks.worker;

/** What is to be measured does not exist here. */
final class AbsentException extends Exception {

    private static final long serialVersionUID = 1;

    AbsentException(String message) {
        super(message);
    }
}
