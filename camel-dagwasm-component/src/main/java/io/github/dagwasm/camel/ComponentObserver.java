package io.github.dagwasm.camel;

/**
 * Somebody who is told of a component's life, and tells others of it. {@link
 * java.util.ServiceLoader} finds it, since Quarkus knows no factories but Camel's own; each
 * component has one of its own.
 */
public interface ComponentObserver {

    /**
     * The component starts.
     *
     * @param component the component
     */
    void started(DagWasmComponent component);

    /** The component stops. */
    void stopped();
}
