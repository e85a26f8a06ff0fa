package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.TestModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Functions that are too large for a JVM method have the compiler begin anew. */
class MethodSizesTest {

    /** What is dropped at once weighs little beforehand, and is too much nevertheless. */
    @Test
    @Timeout(600)
    void thereIsALastPass() {
        TestModule module = new TestModule();
        for (int i = 0; i < 16; i++) {
            module.function(0, 0, 0, code().row(25_000, code().i32(1 << 20).drop()));
        }

        assertThatThrownBy(() -> new ChicoryEngine().load(module.bytes()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "it has too many functions that are a little too large for a JVM method:"
                                + " each but the first 16 would have all others compiled once more;"
                                + " build it with smaller functions, or optimized for size");
    }

    @Test
    @Timeout(600)
    void aFunctionThatTurnsOutToBeTooLargeIsInterpreted() {
        TestModule module =
                new TestModule()
                        .function(0, 0, 0, code())
                        .function(0, 0, 0, code().row(25_000, code().i32(1 << 20).drop()));

        assertThat(new ChicoryEngine().load(module.bytes()).interpretedFunctions())
                .containsExactly(1);
    }

    /** Forty such functions would take forty passes, were they not known beforehand. */
    @Test
    @Timeout(600)
    void functionsThatAreSurelyTooLargeCostNoPass() {
        TestModule module = new TestModule().function(0, 0, 0, code());
        for (int i = 0; i < 40; i++) {
            module.function(0, 0, 0, code().row(9000, code().call(0)));
        }

        assertThat(new ChicoryEngine().load(module.bytes()).interpretedFunctions()).hasSize(40);
    }

    @Test
    @Timeout(600)
    void norDoFunctionsWithTooManyLocals() {
        TestModule module = new TestModule();
        for (int i = 0; i < 40; i++) {
            module.function(0, 0, 14_000, code());
        }

        assertThat(new ChicoryEngine().load(module.bytes()).interpretedFunctions()).hasSize(40);
    }

    @Test
    void asManyLocalsAsFitAreCompiled() {
        TestModule module = new TestModule().function(0, 0, 12_000, code());

        assertThat(new ChicoryEngine().load(module.bytes()).interpretedFunctions()).isEmpty();
    }

    @Test
    void aFunctionThatFitsIsCompiled() {
        TestModule module =
                new TestModule()
                        .function(0, 0, 0, code())
                        .function(0, 0, 0, code().row(3000, code().call(0)))
                        .function(0, 0, 0, code().row(60_000, code().block().end()));

        assertThat(new ChicoryEngine().load(module.bytes()).interpretedFunctions()).isEmpty();
    }
}
