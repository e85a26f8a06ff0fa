package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;

import java.util.Map;
import java.util.Set;

/** A function for Camel's own component is a guest as any other. */
class CamelWasmContractTest extends GuestAbiContract {

    @Override
    String abi() {
        return "camel-wasm";
    }

    @Override
    TestModule echoing(Code first) {
        return CamelGuests.guest(code().then(first).then(CamelGuests.inputAsAnswer()));
    }

    @Override
    int functions() {
        return CamelGuests.FIRST_OWN;
    }

    @Override
    byte[] appending(String suffix) {
        return CamelGuests.append(suffix);
    }

    @Override
    byte[] hoarding() {
        Code keep = code().globalGet(1).eqz().if_().get(0).globalSet(1).get(1).globalSet(2).end();
        Code kept = CamelGuests.answer(code().globalGet(1), code().globalGet(2));
        return CamelGuests.guest(keep.then(kept)).global(0).global(0).bytes();
    }

    @Override
    Map<String, Failing> failures() {
        return Map.of(
                NULL_RESULT,
                new Failing(() -> CamelGuests.returning(0), "process returned a null pointer"),
                GUEST_ERROR,
                new Failing(
                        () -> CamelGuests.failing("no such thing"),
                        "the guest failed: no such thing"),
                "no envelope",
                new Failing(
                        () -> CamelGuests.answering("a text"),
                        "the guest's answer is no envelope"
                                + " {\"headers\":{..},\"body\":\"base64\"}: no object begins at"
                                + " byte 0; of a guest that answers with the text alone say so with"
                                + " option answer: text"));
    }

    @Override
    Set<String> lacks() {
        return Set.of();
    }

    @Override
    boolean carriesBytes() {
        return true;
    }

    @Override
    String outputExceeded() {
        return "the limit of 10 output bytes is exceeded: 11 asked for (option"
                + " limits.output_bytes)";
    }
}
