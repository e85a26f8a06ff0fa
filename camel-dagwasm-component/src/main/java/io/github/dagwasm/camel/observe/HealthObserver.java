package io.github.dagwasm.camel.observe;

import io.github.dagwasm.camel.ComponentObserver;
import io.github.dagwasm.camel.DagWasmComponent;
import java.util.Optional;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;

/** Has Camel ask for a component's health between its start and its stop. */
public final class HealthObserver implements ComponentObserver {

    private Optional<HealthCheckRegistry> registry = Optional.empty();
    private Optional<SandboxHealthCheck> check = Optional.empty();

    /** Made by {@link java.util.ServiceLoader}. */
    public HealthObserver() {}

    /** Without camel-health there is no registry, and nothing to do. */
    @Override
    public void started(DagWasmComponent component) {
        registry =
                Optional.ofNullable(
                        HealthCheckHelper.getHealthCheckRegistry(component.getCamelContext()));
        registry.ifPresent(
                known -> {
                    SandboxHealthCheck made = new SandboxHealthCheck(component, freeId(known));
                    check = Optional.of(made);
                    known.register(made);
                });
    }

    /** A component may be there twice, under two names. */
    private static String freeId(HealthCheckRegistry known) {
        String id = SandboxHealthCheck.ID;
        for (int number = 2; known.getCheckIDs().contains(id); number++) {
            id = SandboxHealthCheck.ID + "-" + number;
        }
        return id;
    }

    @Override
    public void stopped() {
        check.ifPresent(registered -> registry.ifPresent(known -> known.unregister(registered)));
        check = Optional.empty();
    }
}
