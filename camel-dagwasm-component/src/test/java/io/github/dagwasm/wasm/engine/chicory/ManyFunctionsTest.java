package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.Parser;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Modules whose numbers of functions, parameters or instructions are at the limits of the methods
 * that Chicory generates. What counts calls and fuel is to leave these limits where they are.
 */
class ManyFunctionsTest {

    /** How many functions one method of Chicory's switches to, at most. */
    private static final int PART = 4096;

    /** More arguments than variables with short instructions. */
    private static final int PARAMETERS = 6;

    private static final int ANSWER = 7;

    @ParameterizedTest
    @ValueSource(ints = {1024, 1025, PART - 1, PART, PART + 1, 2 * PART})
    void ofOneTypeAreAllCalledByReference(int functions) throws Exception {
        WasmInstance instance = instance(ofOneType(functions, PARAMETERS));

        assertThat(instance.call("f", 0)).containsExactly(ANSWER);
        assertThat(instance.call("f", functions - 1)).containsExactly(ANSWER);
    }

    /** As many as the default budget for functions admits, with the parameters of its type. */
    @Tag("ci")
    @ParameterizedTest
    @CsvSource({"49999, 2", "8192, 99"})
    void ofOneTypeAreAsManyAsTheBudgetsAdmit(int functions, int parameters) throws Exception {
        WasmInstance instance = instance(ofOneType(functions, parameters));

        assertThat(instance.call("f", functions - 1)).containsExactly(ANSWER);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, PART + 1})
    void ofAnotherTypeAreNotCalledByReference(int functions) throws Exception {
        WasmInstance instance = instance(ofOneType(functions, PARAMETERS));

        // Behind the functions of the type the table has the caller itself.
        assertThatThrownBy(() -> instance.call("f", functions))
                .isInstanceOf(TrapException.class)
                .hasMessage("the guest trapped: indirect call type mismatch");
    }

    @ParameterizedTest
    @ValueSource(ints = {247, 248, 249, 250, 251})
    void haveAsManyParametersAsChicoryAllows(int parameters) throws Exception {
        byte[] module = withParameters(parameters, code().get(parameters - 1)).bytes();
        Compiler.builder(Parser.parse(module)).build().compile();

        assertThat(instance(module).call("direct", 5)).containsExactly(5);
        assertThat(instance(module).call("indirect", 5)).containsExactly(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {247, 251})
    void countTheirCallsHoweverManyParametersTheyHave(int parameters) throws Exception {
        Code again = code().row(parameters, code().get(0)).call(0);
        WasmInstance instance = instance(withParameters(parameters, again).bytes());

        assertThatThrownBy(() -> instance.call("direct", 1))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 100 open calls is exceeded: 101 asked for (option"
                                + " limits.call_depth)");
    }

    /** Each has as many calls as fit into a JVM method before calls are counted, and no longer. */
    @Test
    void areInterpretedIfCountingMakesThemTooLarge() {
        TestModule module = new TestModule();
        module.function(0, 0, 0, code());
        module.function(0, 0, 0, code().row(5500, code().call(0))).repeat(17);

        assertThat(new ChicoryEngine().load(module.bytes()).interpretedFunctions()).hasSize(18);
    }

    /** The exported function calls the one that the table has at its argument. */
    private static byte[] ofOneType(int functions, int parameters) {
        int[] all = new int[functions + 1];
        for (int i = 0; i <= functions; i++) {
            all[i] = i;
        }
        TestModule module = new TestModule().table(functions + 1).elements(0, all);
        module.function(parameters, 1, 0, code().i32(ANSWER)).repeat(functions - 1);
        Code call = code().row(parameters, code().i32(1)).get(0).callIndirect(0);
        return module.exported("f", 1, 1, 0, call).bytes();
    }

    /** The first function has the parameters; the others call it with all equal. */
    private static TestModule withParameters(int parameters, Code body) {
        TestModule module = new TestModule().table(1).elements(0, 0);
        module.function(parameters, 1, 0, body);
        Code arguments = code().row(parameters, code().get(0));
        module.exported("direct", 1, 1, 0, code().then(arguments).call(0));
        Code byReference = code().then(arguments).i32(0).callIndirect(0);
        return module.exported("indirect", 1, 1, 0, byReference);
    }

    private static WasmInstance instance(byte[] module) throws Exception {
        return new ChicoryEngine()
                .load(module)
                .instantiate(
                        List.of(),
                        new InstanceLimits(1 << 20, 100_000, 100),
                        MemoryReserve.UNLIMITED);
    }
}
