package io.github.dagwasm.camel;

import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.Allowances;
import io.github.dagwasm.wasm.SandboxBounds;
import io.github.dagwasm.wasm.TimeAllowance;
import io.github.dagwasm.wasm.WasmPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.spi.Metadata;

/**
 * The options of the component by which an operator bounds what modules get: defaults, ceilings,
 * and what all calls have together. Each is described at its field, from which Camel's tables are
 * made; what is not set is null. They are held against each other when the component starts.
 */
abstract class OperatorOptions extends LimitOptions {

    private static final int SHOWN = 60;
    private static final int MB_SHIFT = 20;

    /** Options by the components of {@link SandboxBounds}. */
    private static final Map<String, String> BOUNDS =
            Map.of(
                    "instances",
                    "maxInstances",
                    "memoryBytes",
                    "maxSandboxMemoryMb",
                    "patience",
                    "sandboxWait");

    @Metadata(
            label = "security",
            description =
                    "The fuel of one call of a module, where neither the pipeline file nor the URI says so. One unit is a branch back to the beginning of a loop, a call, or 4 KiB of bulk work. By default there is no bound.")
    private Long fuel;

    @Metadata(
            label = "security",
            javaType = "java.time.Duration",
            defaultValue = "5s",
            description =
                    "How long one call of a module may take, where neither the pipeline file nor the URI says so.")
    private Duration timeout;

    @Metadata(
            label = "security",
            description =
                    "The fuel of one call of a module at most: a pipeline file or URI that says more is refused. Where nobody says how much a call has, it is that.")
    private Long fuelCeiling;

    @Metadata(
            label = "security",
            javaType = "java.time.Duration",
            description =
                    "How long one call of a module may take at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default.")
    private Duration timeoutCeiling;

    @Metadata(
            label = "security",
            javaType = "java.time.Duration",
            defaultValue = "30s",
            description =
                    "How much processor time a module may take to be parsed and compiled, where the pipeline file does not say so. On the clock a load may take ten times as long.")
    private Duration loadTimeout;

    @Metadata(
            label = "security",
            javaType = "java.time.Duration",
            description =
                    "How much processor time a module may take to be parsed and compiled at most: a pipeline file that says more is refused. Where it is less than the default, it is the default.")
    private Duration loadTimeoutCeiling;

    @Metadata(
            label = "security",
            description =
                    "What a module may have before it is refused, where the pipeline file does not say so: numbers by the keys of wasm.admission. Each entry is a property of its own, with its key in square brackets.")
    private Map<String, Object> admission = new LinkedHashMap<>();

    @Metadata(
            label = "security",
            description =
                    "What a pipeline file may allow a module at most: numbers by the keys of wasm.admission. Each entry is a property of its own, with its key in square brackets. Where one is less than the default, it is the default.")
    private Map<String, Object> admissionCeilings = new LinkedHashMap<>();

    @Metadata(
            label = "security",
            defaultValue = "1000",
            description =
                    "How many instances of modules there may be at one time, those that are kept for the next calls included.")
    private int maxInstances = SandboxBounds.DEFAULTS.instances();

    @Metadata(
            label = "security",
            description =
                    "What the memories and tables of all instances and the large texts of messages may take of the heap together, in MiB. Texts may have half of it. By default half of the heap that the JVM may have.")
    private Integer maxSandboxMemoryMb;

    @Metadata(
            label = "security",
            javaType = "java.time.Duration",
            defaultValue = "1s",
            description =
                    "How long a call waits where there are as many instances, or as much memory in use, as there may be, before it fails.")
    private Duration sandboxWait = SandboxBounds.DEFAULTS.patience();

    /**
     * What the options come to.
     *
     * @throws IllegalArgumentException if they contradict each other, or one is not in its range
     */
    final WasmPolicy policy() {
        return WasmPolicy.DEFAULTS
                .withLimits(new Allowances(limits(), limitCeilings()))
                .withFuel(new Allowances(fuel(fuel), fuel(fuelCeiling)))
                .withAdmission(
                        new Allowances(
                                numbers("admission", admission),
                                numbers("admissionCeilings", admissionCeilings)))
                .withTimeout(time(timeout, timeoutCeiling))
                .withLoadTimeout(time(loadTimeout, loadTimeoutCeiling))
                .withSandbox(
                        SandboxBounds.named(
                                maxInstances, sandboxMemory(), sandboxWait, BOUNDS::get));
    }

    /**
     * Sees that the options agree. The component does so when it starts; a host that sets them may
     * do so earlier, and say which of its keys is wrong.
     *
     * @throws IllegalArgumentException if they contradict each other, or one is not in its range;
     *     the message begins with the option
     */
    public final void checkOptions() {
        WasmPolicy unused = policy();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        checkOptions();
    }

    private long sandboxMemory() {
        return maxSandboxMemoryMb == null
                ? SandboxBounds.DEFAULTS.memoryBytes()
                : (long) maxSandboxMemoryMb << MB_SHIFT;
    }

    private static Map<String, Long> fuel(Long units) {
        return units == null ? Map.of() : Map.of("fuel_level", units);
    }

    private static TimeAllowance time(Duration byDefault, Duration ceiling) {
        return new TimeAllowance(Optional.ofNullable(byDefault), Optional.ofNullable(ceiling));
    }

    /** Properties have strings where Java has numbers. */
    private static Map<String, Long> numbers(String option, Map<String, Object> values) {
        Map<String, Long> numbers = new LinkedHashMap<>();
        values.forEach((key, value) -> numbers.put(key, number(option, key, value)));
        return numbers;
    }

    private static long number(String option, String key, Object value) {
        String text = String.valueOf(value);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            String name = GuestText.escape(option + "[" + key + "]", SHOWN);
            throw new IllegalArgumentException(
                    name
                            + ": found '"
                            + GuestText.escape(text, SHOWN)
                            + "'; expected a whole number",
                    e);
        }
    }

    public Long getFuel() {
        return fuel;
    }

    public void setFuel(Long fuel) {
        this.fuel = fuel;
    }

    public Duration getTimeout() {
        return timeout;
    }

    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }

    public Long getFuelCeiling() {
        return fuelCeiling;
    }

    public void setFuelCeiling(Long fuelCeiling) {
        this.fuelCeiling = fuelCeiling;
    }

    public Duration getTimeoutCeiling() {
        return timeoutCeiling;
    }

    public void setTimeoutCeiling(Duration timeoutCeiling) {
        this.timeoutCeiling = timeoutCeiling;
    }

    public Duration getLoadTimeout() {
        return loadTimeout;
    }

    public void setLoadTimeout(Duration loadTimeout) {
        this.loadTimeout = loadTimeout;
    }

    public Duration getLoadTimeoutCeiling() {
        return loadTimeoutCeiling;
    }

    public void setLoadTimeoutCeiling(Duration loadTimeoutCeiling) {
        this.loadTimeoutCeiling = loadTimeoutCeiling;
    }

    public Map<String, Object> getAdmission() {
        return admission;
    }

    public void setAdmission(Map<String, Object> admission) {
        this.admission = admission;
    }

    public Map<String, Object> getAdmissionCeilings() {
        return admissionCeilings;
    }

    public void setAdmissionCeilings(Map<String, Object> admissionCeilings) {
        this.admissionCeilings = admissionCeilings;
    }

    public int getMaxInstances() {
        return maxInstances;
    }

    public void setMaxInstances(int maxInstances) {
        this.maxInstances = maxInstances;
    }

    public Integer getMaxSandboxMemoryMb() {
        return maxSandboxMemoryMb;
    }

    public void setMaxSandboxMemoryMb(Integer maxSandboxMemoryMb) {
        this.maxSandboxMemoryMb = maxSandboxMemoryMb;
    }

    public Duration getSandboxWait() {
        return sandboxWait;
    }

    public void setSandboxWait(Duration sandboxWait) {
        this.sandboxWait = sandboxWait;
    }
}
