package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static io.github.dagwasm.wasm.TestModule.name;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.FunctionType;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Chicory holds two references to types for equal if hashes of 32 bits of these types are. The
 * parameters of the first two types here have one hash: a search among lists of 16 numeric types of
 * chance found two after 42,539 lists. Nothing that a guest can do may take one for the other.
 */
class CollidingTypesTest {

    private static final String ONE = "iIfiffFIfffIIIfi";
    private static final String OTHER = "FffiFiiiIfiifIII";

    private static final int NULLABLE = 0x63;
    private static final int I32 = 0x7f;
    private static final int NULL = 0xd0;
    private static final int ANSWER = 7;

    /** Indexes of types: a function that takes a reference to the first type, to the second. */
    private static final int TAKES_ONE = 2;

    private static final int TAKES_OTHER = 3;

    /** Functions that give back a reference to one of them, and a number. */
    private static final int GIVES_ONE = 4;

    private static final int GIVES_OTHER = 5;
    private static final int MAIN = 6;

    @Test
    void chicoryHoldsTheTypesForEqual() {
        byte[] module = module(code().i32(ANSWER)).bytes();
        FunctionType[] types = Parser.parse(module).typeSection().types();

        assertThat(types[0]).isNotEqualTo(types[1]).hasSameHashCodeAs(types[1]);
        assertThat(types[TAKES_ONE]).isEqualTo(types[TAKES_OTHER]);
    }

    static Stream<WasmEngine> engines() {
        return Stream.of(new ChicoryEngine(), new InterpretedEngine());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aCallByReferenceTellsThemApart(WasmEngine engine) throws Exception {
        Code right = code().op(NULL, 0).i32(0).callIndirect(TAKES_ONE).i32(ANSWER);
        Code wrong = code().op(NULL, 1).i32(0).callIndirect(TAKES_OTHER).i32(ANSWER);

        assertThat(instance(engine, right).call("f", 0)).containsExactly(ANSWER);
        assertThatThrownBy(() -> instance(engine, wrong).call("f", 0))
                .isInstanceOf(TrapException.class)
                .hasMessage("the guest trapped: indirect call type mismatch");
    }

    /** Compiled code has a class for each list of results; a table keeps one of equal lists. */
    @ParameterizedTest
    @MethodSource("engines")
    void severalResultsOfEachAreGivenBack(WasmEngine engine) throws Exception {
        Code both = code().call(1).set(0).drop().call(2).get(0).add().set(0).drop().get(0);

        assertThat(instance(engine, both).call("f", 0)).containsExactly(3);
    }

    /**
     * Code that takes a null reference to a type.
     *
     * @param name what it does
     * @param before what comes before the reference
     * @param after what comes after it, and wants one to the first type
     */
    record Use(String name, Code before, Code after) {

        Code of(int type) {
            return code().then(before).op(NULL, type).then(after).i32(ANSWER);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Use> uses() {
        return List.of(
                new Use("call", code(), code().call(0)),
                new Use("select", code().op(NULL, 0), code().i32(0).op(0x1c, 1, NULLABLE, 0, 0x1a)),
                new Use("table.set", code().i32(0), code().op(0x26, 1)),
                new Use("table.fill", code().i32(0), code().i32(0).op(0xfc, 0x11, 1)),
                new Use("table.grow", code(), code().i32(0).op(0xfc, 0x0f, 1).drop()),
                new Use("block", code().op(0x02, NULLABLE, 0), code().end().drop()),
                new Use("br", code().op(0x02, NULLABLE, 0), code().br(0).end().drop()),
                new Use("global.set", code(), code().globalSet(0)),
                new Use("throw", code(), code().op(0x08, 0)));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void aReferenceToOneIsNoneToTheOther(Use use) {
        ChicoryEngine engine = new ChicoryEngine();

        engine.load(module(use.of(0)).bytes());
        assertThatThrownBy(() -> engine.load(module(use.of(1)).bytes()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageStartingWith("it is not valid: type mismatch");
    }

    /** The second table has references to the first type, the third to the second. */
    @Test
    void entriesAreNotCopiedFromATableOfTheOther() {
        ChicoryEngine engine = new ChicoryEngine();
        Code same = code().i32(0).i32(0).i32(0).op(0xfc, 0x0e, 1, 1).i32(ANSWER);
        Code other = code().i32(0).i32(0).i32(0).op(0xfc, 0x0e, 1, 2).i32(ANSWER);

        engine.load(module(same).bytes());
        assertThatThrownBy(() -> engine.load(module(other).bytes()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageStartingWith("it is not valid: type mismatch");
    }

    private static WasmInstance instance(WasmEngine engine, Code main) throws Exception {
        return engine.load(module(main).bytes())
                .instantiate(
                        List.of(), new InstanceLimits(1 << 20, 100, 100), MemoryReserve.UNLIMITED);
    }

    private static TestModule module(Code main) {
        TestModule module = new TestModule();
        module.rawType(join(bytes(0x60), numbers(ONE), bytes(0)));
        module.rawType(join(bytes(0x60), numbers(OTHER), bytes(0)));
        module.rawType(bytes(0x60, 1, NULLABLE, 0, 0));
        module.rawType(bytes(0x60, 1, NULLABLE, 1, 0));
        module.rawType(bytes(0x60, 0, 2, NULLABLE, 0, I32));
        module.rawType(bytes(0x60, 0, 2, NULLABLE, 1, I32));
        module.rawType(bytes(0x60, 1, I32, 1, I32));
        module.functionOf(TAKES_ONE, 0, code());
        module.functionOf(GIVES_ONE, 0, code().op(NULL, 0).i32(1));
        module.functionOf(GIVES_OTHER, 0, code().op(NULL, 1).i32(2));
        module.functionOf(MAIN, 0, main);
        module.table(1).elements(0, 0);
        module.item(4, bytes(0x70, 0, 1));
        module.item(4, bytes(NULLABLE, 0, 0, 1));
        module.item(4, bytes(NULLABLE, 1, 0, 1));
        module.item(13, bytes(0, TAKES_ONE));
        module.item(6, bytes(NULLABLE, 0, 1, NULL, 0, 0x0b));
        return module.item(7, join(name("f"), bytes(0), leb(3)));
    }

    private static byte[] numbers(String names) {
        int[] types = names.chars().map(each -> I32 - "iIfF".indexOf(each)).toArray();
        return join(leb(types.length), bytes(types));
    }
}
