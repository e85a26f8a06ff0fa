package io.github.dagwasm.wasm.engine;

import java.util.List;

/**
 * The functions of WASI preview 1 for one instance, over a world that its host gives it. What they
 * keep for the guest, such as which file descriptors it has closed, is host state that no reset of
 * the instance reaches: {@link #renew} is for that. For one thread at a time.
 */
public interface Wasi {

    /**
     * The functions.
     *
     * @return those that the module imports, to be handed in when it is instantiated
     */
    List<HostFunction> functions();

    /** Begins anew for another message: nothing that the guest did before can be found any more. */
    void renew();
}
