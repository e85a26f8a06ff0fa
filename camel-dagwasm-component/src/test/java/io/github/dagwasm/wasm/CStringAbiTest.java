package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

class CStringAbiTest extends GuestAbiContract {

    @Override
    String abi() {
        return "cstring";
    }

    @Override
    TestModule echoing(Code first) {
        return TestModules.guest("", code().then(first).get(0));
    }

    @Override
    int functions() {
        return TestModules.FIRST_OWN;
    }

    @Override
    byte[] appending(String suffix) {
        return TestModules.append(suffix);
    }

    @Override
    byte[] hoarding() {
        return TestModules.guest("", AbiGuests.firstPointer()).global(0).bytes();
    }

    @Override
    Map<String, Failing> failures() {
        return Map.of(
                NULL_RESULT,
                new Failing(() -> TestModules.returning(0), "process returned a null pointer"),
                "a result outside",
                new Failing(
                        () -> TestModules.returning(-1),
                        "process returned pointer 4294967295, outside of the memory of 65536"
                                + " bytes"));
    }

    @Override
    Set<String> lacks() {
        return Set.of(GUEST_ERROR);
    }

    @Override
    Optional<String> nulRefusal() {
        return Optional.of("the input has a NUL at byte 2, which abi cstring cannot carry");
    }

    @Override
    String outputExceeded() {
        return "the limit of 10 output bytes is exceeded (option limits.output_bytes)";
    }
}
