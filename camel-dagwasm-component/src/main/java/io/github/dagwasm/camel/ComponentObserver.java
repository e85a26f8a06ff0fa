package io.github.dagwasm.camel;

/**
 * Somebody who is told of a component's life, and tells others of it. It is found by the factory
 * finder of Camel under {@link #FACTORY}; each component has one of its own.
 */
public interface ComponentObserver {

    /** The name of the factory. */
    String FACTORY = "dagwasm/observer";

    /**
     * The component starts.
     *
     * @param component the component
     */
    void started(DagWasmComponent component);

    /** The component stops. */
    void stopped();
}
