package io.github.dagwasm.camel.observe;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.camel.LoadFigures;
import io.github.dagwasm.camel.SandboxFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * Whether a component can do its work: down while an endpoint does not load, while the sandbox is
 * full, and while loads that were given up leave no room for others. That is readiness, not
 * liveness: to start the process again would help neither.
 */
final class SandboxHealthCheck implements HealthCheck {

    static final String ID = "dagwasm";

    private final DagWasmComponent component;
    private final String id;
    private volatile boolean enabled = true;

    SandboxHealthCheck(DagWasmComponent component, String id) {
        this.component = component;
        this.id = id;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getGroup() {
        return "components";
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        result.detail(CHECK_ID, getId()).detail(CHECK_GROUP, getGroup());
        result.detail(CHECK_ENABLED, enabled);
        Object kind = options.get(CHECK_KIND);
        result.detail(CHECK_KIND, String.valueOf(kind == null ? Kind.ALL : kind));
        if (!enabled) {
            return result.message("Disabled").unknown().build();
        }
        List<String> problems = new ArrayList<>();
        sandbox(result, problems);
        loads(result, problems);
        endpoints(result, problems);
        if (problems.isEmpty()) {
            return result.up().build();
        }
        return result.message(String.join("; ", problems)).down().build();
    }

    private void sandbox(HealthCheckResultBuilder result, List<String> problems) {
        SandboxFigures sandbox = component.sandbox();
        result.detail("sandbox.instances", sandbox.instances())
                .detail("sandbox.instances.idle", sandbox.idle())
                .detail("sandbox.instances.max", sandbox.maxInstances())
                .detail("sandbox.memory.bytes", sandbox.memoryBytes())
                .detail("sandbox.memory.bytes.max", sandbox.maxMemoryBytes())
                .detail("sandbox.waiting", sandbox.waiting());
        if (sandbox.full()) {
            problems.add(
                    "the sandbox is full: %d of %d instances, %d of %d memory bytes, %d calls wait"
                            .formatted(
                                    sandbox.instances(),
                                    sandbox.maxInstances(),
                                    sandbox.memoryBytes(),
                                    sandbox.maxMemoryBytes(),
                                    sandbox.waiting()));
        }
    }

    private void loads(HealthCheckResultBuilder result, List<String> problems) {
        LoadFigures loads = component.loads();
        result.detail("loads.running", loads.running())
                .detail("loads.waiting", loads.waiting())
                .detail("loads.left_behind", loads.leftBehind())
                .detail("loads.left_behind.max", loads.mostLeftBehind())
                .detail("loads.bytes", loads.bytes());
        if (loads.full()) {
            problems.add(
                    "no module can be loaded: %d loads that were not done in time still run"
                            .formatted(loads.leftBehind()));
        }
    }

    private void endpoints(HealthCheckResultBuilder result, List<String> problems) {
        Map<String, String> failures = component.loadFailures();
        failures.forEach(result::detail);
        if (!failures.isEmpty()) {
            problems.add(
                    "%d endpoint%s not load: %s"
                            .formatted(
                                    failures.size(),
                                    failures.size() == 1 ? " does" : "s do",
                                    String.join(", ", failures.keySet())));
        }
    }
}
