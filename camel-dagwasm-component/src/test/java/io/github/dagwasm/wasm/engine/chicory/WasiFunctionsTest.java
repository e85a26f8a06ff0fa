package io.github.dagwasm.wasm.engine.chicory;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.ValueType;
import io.github.dagwasm.wasm.engine.WasiFunctions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of WASI's functions, held to the library's. */
class WasiFunctionsTest {

    /** What the library has beyond the definition of preview 1: nobody is given it. */
    private static final String OWN = "adapter_";

    @Test
    void areThoseOfTheLibraryWithTheirTypes() {
        HostFunction[] functions = WasiPreview1.builder().build().toHostFunctions();
        Map<String, String> library =
                Arrays.stream(functions)
                        .filter(function -> !function.name().startsWith(OWN))
                        .collect(
                                toMap(
                                        function -> function.module() + "." + function.name(),
                                        function ->
                                                new Signature(
                                                                types(function.paramTypes()),
                                                                types(function.returnTypes()))
                                                        .toString()));

        assertThat(WasiFunctions.types()).isEqualTo(library);
        assertThat(WasiFunctions.names())
                .allSatisfy(
                        name ->
                                assertThat(WasiFunctions.types())
                                        .containsEntry(
                                                WasiFunctions.MODULE + "." + name,
                                                WasiFunctions.signature(name)
                                                        .orElseThrow()
                                                        .toString()));
    }

    private static List<ValueType> types(List<ValType> types) {
        return types.stream()
                .map(type -> type.equals(ValType.I64) ? ValueType.I64 : ValueType.I32)
                .toList();
    }
}
