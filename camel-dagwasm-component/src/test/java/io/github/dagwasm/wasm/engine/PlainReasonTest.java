package io.github.dagwasm.wasm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainReasonTest {

    @Test
    void saysInWordsWhatTheJvmThrows() {
        assertThat(PlainReason.of(new OutOfMemoryError("Java heap space")))
                .isEqualTo("the JVM's memory does not suffice");
        assertThat(PlainReason.of(new StackOverflowError()))
                .isEqualTo("the thread's stack does not suffice");
        assertThat(PlainReason.of(new VerifyError("(class: x)")))
                .isEqualTo("the JVM refuses the compiled code");
        assertThat(PlainReason.of(new NoClassDefFoundError("x/Y")))
                .isEqualTo("libraries on the class path do not fit together");
        assertThat(PlainReason.of(new ArrayIndexOutOfBoundsException(7)))
                .isEqualTo("an index or a size is out of range");
        assertThat(PlainReason.of(new NegativeArraySizeException("-1")))
                .isEqualTo("an index or a size is out of range");
        assertThat(PlainReason.of(new NullPointerException()))
                .isEqualTo("a value is missing (null)");
        assertThat(PlainReason.of(new ClassCastException("a to b")))
                .isEqualTo("a value has another type than expected");
        assertThat(PlainReason.of(new ArithmeticException("/ by zero")))
                .isEqualTo("a number is out of range");
    }

    @Test
    void asksCausesAndRepeatsNoMessage() {
        RuntimeException wrapped =
                new IllegalStateException("x@1a2b3c4", new OutOfMemoryError("Java heap space"));

        assertThat(PlainReason.of(wrapped)).isEqualTo("the JVM's memory does not suffice");
        assertThat(PlainReason.of(new IllegalStateException("x@1a2b3c4")))
                .isEqualTo("an internal error");
    }
}
