package io.github.dagwasm.springboot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The options of the component {@code dagwasm} as an application sets them; null if it does not. Values are text, which
 * the component's own types are made of later. Generated from the component's catalog by GeneratedConfigurationTest.
 */
@ConfigurationProperties(prefix = "camel.component.dagwasm")
public class DagWasmComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    private static final Map<String, Class<?>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("lazyStartProducer", String.class);
        KINDS.put("autowiredEnabled", String.class);
        KINDS.put("endpointPoolSize", String.class);
        KINDS.put("poolSize", String.class);
        KINDS.put("admission", Map.class);
        KINDS.put("admissionCeilings", Map.class);
        KINDS.put("allowedEndpointOptions", List.class);
        KINDS.put("allowedEndpointSchemes", List.class);
        KINDS.put("allowedGrants", List.class);
        KINDS.put("allowRemoteModules", String.class);
        KINDS.put("authors", String.class);
        KINDS.put("callDepth", String.class);
        KINDS.put("callDepthCeiling", String.class);
        KINDS.put("fuel", String.class);
        KINDS.put("fuelCeiling", String.class);
        KINDS.put("inputBytes", String.class);
        KINDS.put("inputBytesCeiling", String.class);
        KINDS.put("loadTimeout", String.class);
        KINDS.put("loadTimeoutCeiling", String.class);
        KINDS.put("logBytes", String.class);
        KINDS.put("logBytesCeiling", String.class);
        KINDS.put("maxInstances", String.class);
        KINDS.put("maxSandboxMemoryMb", String.class);
        KINDS.put("memoryMb", String.class);
        KINDS.put("memoryMbCeiling", String.class);
        KINDS.put("moduleRoots", List.class);
        KINDS.put("outputBytes", String.class);
        KINDS.put("outputBytesCeiling", String.class);
        KINDS.put("resolvableProperties", List.class);
        KINDS.put("sandboxWait", String.class);
        KINDS.put("stackKb", String.class);
        KINDS.put("stackKbCeiling", String.class);
        KINDS.put("tableEntries", String.class);
        KINDS.put("tableEntriesCeiling", String.class);
        KINDS.put("timeout", String.class);
        KINDS.put("timeoutCeiling", String.class);
    }

    /** Whether the producer should be started lazy (on the first message). By starting lazy you can use this to allow CamelContext and routes to startup in situations where a producer may otherwise fail during starting and cause the route to fail being started. By deferring this startup to be lazy then the startup failure can be handled during routing messages via Camel's routing error handlers. Beware that when the first message is processed then creating and starting the producer may take a little time and prolong the total processing time of the processing. */
    private String lazyStartProducer;

    /** Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as autowired) by looking up in the registry to find if there is a single instance of matching type, which then gets configured on the component. This can be used for automatic configuring JDBC data sources, JMS connection factories, AWS Clients, etc. */
    private String autowiredEnabled;

    /** How many threads call the endpoints of camel processors. An endpoint that answers later by a thread of its own needs one only until it has sent; one that waits for its answer keeps it until then. */
    private String endpointPoolSize;

    /** How many threads all runs of this component share beside those of their callers. By default as many as there are cores, and 2 at least. */
    private String poolSize;

    /** What a module may have before it is refused, where the pipeline file does not say so: numbers by the keys of wasm.admission. Each entry is a property of its own, with its key in square brackets. */
    private Map<String, String> admission;

    /** What a pipeline file may allow a module at most: numbers by the keys of wasm.admission. Each entry is a property of its own, with its key in square brackets. Where one is less than the default, it is the default. */
    private Map<String, String> admissionCeilings;

    /** The endpoint options that restricted authors may use beside those that are known to be safe, with commas between them. SCHEME:OPTION opens one option for any value, expressions and references to objects included: as good as trusting the author. An asterisk instead of OPTION opens the path and all options of a scheme for literal text. */
    private List<String> allowedEndpointOptions;

    /** The schemes that from, to and the endpoints of camel processors of a pipeline file may have, with commas between them. By default all schemes; for restricted authors those whose endpoints are known to be plain data. */
    private List<String> allowedEndpointSchemes;

    /** What a pipeline file may grant to modules that import WASI, with commas between them: clock, random. A file that grants more is refused. The word none allows nothing. */
    private List<String> allowedGrants;

    /** Whether modules may be fetched from servers, as http: or https: says, where the processor pins their sha256. The author of a pipeline can then have the process send requests to any host that it reaches. */
    private String allowRemoteModules;

    /** How far the authors of pipeline files are trusted. The endpoints of a restricted author are literal text: Camel evaluates no expression in them, looks up no object and resolves no placeholder. By default restricted if moduleRoots or allowedEndpointSchemes is set, else trusted. */
    private String authors;

    /** How many calls of a module's functions may be open at once, where neither the pipeline file nor the URI says so. */
    private String callDepth;

    /** How many calls of a module's functions may be open at once at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default. */
    private String callDepthCeiling;

    /** The fuel of one call of a module, where neither the pipeline file nor the URI says so. One unit is a branch back to the beginning of a loop, a call, or 4 KiB of bulk work. By default there is no bound. */
    private String fuel;

    /** The fuel of one call of a module at most: a pipeline file or URI that says more is refused. Where nobody says how much a call has, it is that. */
    private String fuelCeiling;

    /** The largest input of a module in bytes of UTF-8, where neither the pipeline file nor the URI says so. */
    private String inputBytes;

    /** The largest input of a module in bytes of UTF-8 at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default. */
    private String inputBytesCeiling;

    /** How much processor time a module may take to be parsed and compiled, where the pipeline file does not say so. On the clock a load may take ten times as long. */
    private String loadTimeout;

    /** How much processor time a module may take to be parsed and compiled at most: a pipeline file that says more is refused. Where it is less than the default, it is the default. */
    private String loadTimeoutCeiling;

    /** What one call of a module may log in bytes, where neither the pipeline file nor the URI says so. */
    private String logBytes;

    /** What one call of a module may log in bytes at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default. */
    private String logBytesCeiling;

    /** How many instances of modules there may be at one time, those that are kept for the next calls included. */
    private String maxInstances;

    /** What the memories and tables of all instances and the large texts of messages may take of the heap together, in MiB. Texts may have half of it. By default half of the heap that the JVM may have. */
    private String maxSandboxMemoryMb;

    /** Linear memory of one call of a module in MiB, where neither the pipeline file nor the URI says so. */
    private String memoryMb;

    /** Linear memory of one call of a module in MiB at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default. */
    private String memoryMbCeiling;

    /** The folders that modules may come from, with commas between them: each must exist, and a module must really be below one of them, with all links resolved. classpath:FOLDER/ stands for a folder of the class path, and classpath: for all of it. By default a module is any file that the process can read. */
    private List<String> moduleRoots;

    /** The largest output of a module in bytes of UTF-8, where neither the pipeline file nor the URI says so. */
    private String outputBytes;

    /** The largest output of a module in bytes of UTF-8 at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default. */
    private String outputBytesCeiling;

    /** The placeholders that pipeline files may use, with commas between them: keys such as app.host, beginnings of keys such as app. with an asterisk at the end, functions of Camel such as env:STAGE; none for none. By default dagwasm.dir for restricted authors, and all for trusted ones. */
    private List<String> resolvableProperties;

    /** How long a call waits where there are as many instances, or as much memory in use, as there may be, before it fails. */
    private String sandboxWait;

    /** How many KiB of stack the open calls of a module's functions may take, each function's frame at its largest, where neither the pipeline file nor the URI says so. A call that may have more than 640 runs on a thread of its own. */
    private String stackKb;

    /** How many KiB of stack the open calls of a module's functions may take at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default. */
    private String stackKbCeiling;

    /** Entries of all tables of one call of a module together, where neither the pipeline file nor the URI says so. */
    private String tableEntries;

    /** Entries of all tables of one call of a module together at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default. */
    private String tableEntriesCeiling;

    /** How long one call of a module may take, where neither the pipeline file nor the URI says so. */
    private String timeout;

    /** How long one call of a module may take at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default. */
    private String timeoutCeiling;

    /** Each option of the catalog, and whether it takes text, a list or a map. */
    static Map<String, Class<?>> kinds() {
        return KINDS;
    }

    /** The options that are set. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("lazyStartProducer", lazyStartProducer);
        values.put("autowiredEnabled", autowiredEnabled);
        values.put("endpointPoolSize", endpointPoolSize);
        values.put("poolSize", poolSize);
        values.put("admission", admission);
        values.put("admissionCeilings", admissionCeilings);
        values.put("allowedEndpointOptions", allowedEndpointOptions);
        values.put("allowedEndpointSchemes", allowedEndpointSchemes);
        values.put("allowedGrants", allowedGrants);
        values.put("allowRemoteModules", allowRemoteModules);
        values.put("authors", authors);
        values.put("callDepth", callDepth);
        values.put("callDepthCeiling", callDepthCeiling);
        values.put("fuel", fuel);
        values.put("fuelCeiling", fuelCeiling);
        values.put("inputBytes", inputBytes);
        values.put("inputBytesCeiling", inputBytesCeiling);
        values.put("loadTimeout", loadTimeout);
        values.put("loadTimeoutCeiling", loadTimeoutCeiling);
        values.put("logBytes", logBytes);
        values.put("logBytesCeiling", logBytesCeiling);
        values.put("maxInstances", maxInstances);
        values.put("maxSandboxMemoryMb", maxSandboxMemoryMb);
        values.put("memoryMb", memoryMb);
        values.put("memoryMbCeiling", memoryMbCeiling);
        values.put("moduleRoots", moduleRoots);
        values.put("outputBytes", outputBytes);
        values.put("outputBytesCeiling", outputBytesCeiling);
        values.put("resolvableProperties", resolvableProperties);
        values.put("sandboxWait", sandboxWait);
        values.put("stackKb", stackKb);
        values.put("stackKbCeiling", stackKbCeiling);
        values.put("tableEntries", tableEntries);
        values.put("tableEntriesCeiling", tableEntriesCeiling);
        values.put("timeout", timeout);
        values.put("timeoutCeiling", timeoutCeiling);
        values.values().removeIf(value -> value == null);
        return values;
    }

    public String getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(String lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public String getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(String autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public String getEndpointPoolSize() {
        return endpointPoolSize;
    }

    public void setEndpointPoolSize(String endpointPoolSize) {
        this.endpointPoolSize = endpointPoolSize;
    }

    public String getPoolSize() {
        return poolSize;
    }

    public void setPoolSize(String poolSize) {
        this.poolSize = poolSize;
    }

    public Map<String, String> getAdmission() {
        return admission;
    }

    public void setAdmission(Map<String, String> admission) {
        this.admission = admission;
    }

    public Map<String, String> getAdmissionCeilings() {
        return admissionCeilings;
    }

    public void setAdmissionCeilings(Map<String, String> admissionCeilings) {
        this.admissionCeilings = admissionCeilings;
    }

    public List<String> getAllowedEndpointOptions() {
        return allowedEndpointOptions;
    }

    public void setAllowedEndpointOptions(List<String> allowedEndpointOptions) {
        this.allowedEndpointOptions = allowedEndpointOptions;
    }

    public List<String> getAllowedEndpointSchemes() {
        return allowedEndpointSchemes;
    }

    public void setAllowedEndpointSchemes(List<String> allowedEndpointSchemes) {
        this.allowedEndpointSchemes = allowedEndpointSchemes;
    }

    public List<String> getAllowedGrants() {
        return allowedGrants;
    }

    public void setAllowedGrants(List<String> allowedGrants) {
        this.allowedGrants = allowedGrants;
    }

    public String getAllowRemoteModules() {
        return allowRemoteModules;
    }

    public void setAllowRemoteModules(String allowRemoteModules) {
        this.allowRemoteModules = allowRemoteModules;
    }

    public String getAuthors() {
        return authors;
    }

    public void setAuthors(String authors) {
        this.authors = authors;
    }

    public String getCallDepth() {
        return callDepth;
    }

    public void setCallDepth(String callDepth) {
        this.callDepth = callDepth;
    }

    public String getCallDepthCeiling() {
        return callDepthCeiling;
    }

    public void setCallDepthCeiling(String callDepthCeiling) {
        this.callDepthCeiling = callDepthCeiling;
    }

    public String getFuel() {
        return fuel;
    }

    public void setFuel(String fuel) {
        this.fuel = fuel;
    }

    public String getFuelCeiling() {
        return fuelCeiling;
    }

    public void setFuelCeiling(String fuelCeiling) {
        this.fuelCeiling = fuelCeiling;
    }

    public String getInputBytes() {
        return inputBytes;
    }

    public void setInputBytes(String inputBytes) {
        this.inputBytes = inputBytes;
    }

    public String getInputBytesCeiling() {
        return inputBytesCeiling;
    }

    public void setInputBytesCeiling(String inputBytesCeiling) {
        this.inputBytesCeiling = inputBytesCeiling;
    }

    public String getLoadTimeout() {
        return loadTimeout;
    }

    public void setLoadTimeout(String loadTimeout) {
        this.loadTimeout = loadTimeout;
    }

    public String getLoadTimeoutCeiling() {
        return loadTimeoutCeiling;
    }

    public void setLoadTimeoutCeiling(String loadTimeoutCeiling) {
        this.loadTimeoutCeiling = loadTimeoutCeiling;
    }

    public String getLogBytes() {
        return logBytes;
    }

    public void setLogBytes(String logBytes) {
        this.logBytes = logBytes;
    }

    public String getLogBytesCeiling() {
        return logBytesCeiling;
    }

    public void setLogBytesCeiling(String logBytesCeiling) {
        this.logBytesCeiling = logBytesCeiling;
    }

    public String getMaxInstances() {
        return maxInstances;
    }

    public void setMaxInstances(String maxInstances) {
        this.maxInstances = maxInstances;
    }

    public String getMaxSandboxMemoryMb() {
        return maxSandboxMemoryMb;
    }

    public void setMaxSandboxMemoryMb(String maxSandboxMemoryMb) {
        this.maxSandboxMemoryMb = maxSandboxMemoryMb;
    }

    public String getMemoryMb() {
        return memoryMb;
    }

    public void setMemoryMb(String memoryMb) {
        this.memoryMb = memoryMb;
    }

    public String getMemoryMbCeiling() {
        return memoryMbCeiling;
    }

    public void setMemoryMbCeiling(String memoryMbCeiling) {
        this.memoryMbCeiling = memoryMbCeiling;
    }

    public List<String> getModuleRoots() {
        return moduleRoots;
    }

    public void setModuleRoots(List<String> moduleRoots) {
        this.moduleRoots = moduleRoots;
    }

    public String getOutputBytes() {
        return outputBytes;
    }

    public void setOutputBytes(String outputBytes) {
        this.outputBytes = outputBytes;
    }

    public String getOutputBytesCeiling() {
        return outputBytesCeiling;
    }

    public void setOutputBytesCeiling(String outputBytesCeiling) {
        this.outputBytesCeiling = outputBytesCeiling;
    }

    public List<String> getResolvableProperties() {
        return resolvableProperties;
    }

    public void setResolvableProperties(List<String> resolvableProperties) {
        this.resolvableProperties = resolvableProperties;
    }

    public String getSandboxWait() {
        return sandboxWait;
    }

    public void setSandboxWait(String sandboxWait) {
        this.sandboxWait = sandboxWait;
    }

    public String getStackKb() {
        return stackKb;
    }

    public void setStackKb(String stackKb) {
        this.stackKb = stackKb;
    }

    public String getStackKbCeiling() {
        return stackKbCeiling;
    }

    public void setStackKbCeiling(String stackKbCeiling) {
        this.stackKbCeiling = stackKbCeiling;
    }

    public String getTableEntries() {
        return tableEntries;
    }

    public void setTableEntries(String tableEntries) {
        this.tableEntries = tableEntries;
    }

    public String getTableEntriesCeiling() {
        return tableEntriesCeiling;
    }

    public void setTableEntriesCeiling(String tableEntriesCeiling) {
        this.tableEntriesCeiling = tableEntriesCeiling;
    }

    public String getTimeout() {
        return timeout;
    }

    public void setTimeout(String timeout) {
        this.timeout = timeout;
    }

    public String getTimeoutCeiling() {
        return timeoutCeiling;
    }

    public void setTimeoutCeiling(String timeoutCeiling) {
        this.timeoutCeiling = timeoutCeiling;
    }
}
