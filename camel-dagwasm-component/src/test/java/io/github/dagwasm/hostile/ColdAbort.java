package io.github.dagwasm.hostile;

/** The same for {@code env.abort}, whose failure is made where the stack ends. */
public final class ColdAbort extends ColdStart {

    /** Made by its name. */
    public ColdAbort() {}

    @Override
    String walked(Sandbox sandbox) {
        return walked(sandbox, Recursions.deepAbort(), "the guest aborted: guest: x (y:1:2)");
    }
}
