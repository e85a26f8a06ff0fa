package io.github.dagwasm.camel;

import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.runtime.Pipeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;

/**
 * Send the message's text through a DAG of processors, the untrusted ones being WebAssembly modules
 * in a sandbox.
 *
 * <p>The body goes in as text and comes out as text; what the processors learnt travels as headers.
 */
@ManagedResource(description = "Managed dagwasm endpoint")
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "dagwasm",
        title = "DagWasm",
        syntax = "dagwasm:kind:resource",
        producerOnly = true,
        remote = false,
        category = {Category.TRANSFORMATION},
        headersClass = DagWasmConstants.class)
public final class DagWasmEndpoint extends PipelineEndpoint {

    @UriPath(
            enums = "pipeline,wasm,local",
            description =
                    "What the message is sent through: a pipeline file, one WebAssembly module, or one Java processor.")
    @Metadata(required = true)
    private String kind;

    @UriPath(
            description =
                    "The pipeline file or the module, looked for in the working directory and then on the class path, where it does not begin with file: or classpath:; or the Java processor's name, built in or that of a bean.")
    @Metadata(required = true)
    private String resource;

    @UriParam(
            label = "producer",
            prefix = "option.",
            multiValue = true,
            description =
                    "The processor's own options, of dagwasm:wasm: and dagwasm:local: only. Write values with a plus sign or a blank at the end as RAW(value).")
    private Map<String, Object> option = new LinkedHashMap<>();

    @UriParam(
            label = "producer",
            enums = "string,bytes",
            defaultValue = "string",
            description = "The body out: a String, or bytes of UTF-8. What is no text is bytes.")
    private String resultType = ResultType.STRING.key();

    @UriParam(
            label = "producer",
            description =
                    "Whether metadata is also set as plain headers, dagwasm.PROCESSOR.KEY, which arrive the same through every transport: one line of ASCII of at most 1 KiB each, 64 and 6 KiB at most.")
    private boolean metadataHeaders;

    @UriParam(
            label = "advanced",
            description =
                    "Whether the exception of a failed run holds the texts of the processors that succeeded.")
    private boolean keepTexts;

    @UriParam(
            label = "security",
            description =
                    "The SHA-256 of the module, of dagwasm:wasm: only; a module with another one is refused.")
    private String sha256;

    @UriParam(
            label = "security",
            javaType = "java.time.Duration",
            defaultValue = "5s",
            description =
                    "How long one call may take, as in 500ms or 5s, of dagwasm:wasm: only. A bare number is milliseconds.")
    private Duration timeout;

    @UriParam(
            label = "security",
            defaultValue = "64",
            description = "Linear memory of one call in MiB, of dagwasm:wasm: only.")
    private Integer memoryMb;

    @UriParam(
            label = "security",
            defaultValue = "100000",
            description = "Entries of all tables of one call together, of dagwasm:wasm: only.")
    private Integer tableEntries;

    @UriParam(
            label = "security",
            defaultValue = "4000",
            description =
                    "How many calls of the module's functions may be open at once, of dagwasm:wasm: only.")
    private Integer callDepth;

    @UriParam(
            label = "security",
            defaultValue = "640",
            description =
                    "How many KiB of stack the open calls of the module's functions may take, each function's frame at its largest, of dagwasm:wasm: only. A call that may have more than the default runs on a thread of its own.")
    private Integer stackKb;

    @UriParam(
            label = "security",
            defaultValue = "10485760",
            description =
                    "The largest input in bytes of UTF-8, of dagwasm:wasm: and dagwasm:local: only.")
    private Long inputBytes;

    @UriParam(
            label = "security",
            defaultValue = "10485760",
            description = "The largest output in bytes of UTF-8, of dagwasm:wasm: only.")
    private Long outputBytes;

    @UriParam(
            label = "security",
            defaultValue = "65536",
            description =
                    "What one call may log in bytes, of dagwasm:wasm: only; what is more is dropped, and the log says so.")
    private Integer logBytes;

    private PipelineDefinition definition;

    DagWasmEndpoint(String uri, DagWasmComponent component) {
        super(uri, component);
    }

    /** The text is processed here: what counts and traces remote systems leaves it out. */
    @Override
    public boolean isRemote() {
        return false;
    }

    @Override
    public Producer createProducer() {
        return new DagWasmProducer(this);
    }

    /**
     * There are none.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "dagwasm: takes messages and gives none: use it after to, not after from");
    }

    ResultType result() {
        return ResultType.of(resultType);
    }

    /** Sees that every option is one of this kind of endpoint. */
    void checkOptions() {
        new EndpointPipeline(this).checkOptions();
        result();
    }

    @Override
    Pipeline load() {
        return getComponent()
                .runtime()
                .load(
                        reader ->
                                definition == null
                                        ? new EndpointPipeline(this).read(reader)
                                        : definition);
    }

    void setDefinition(PipelineDefinition definition) {
        this.definition = definition;
    }

    /**
     * What the message is sent through.
     *
     * @return {@code pipeline}, {@code wasm} or {@code local}
     */
    public String getKind() {
        return kind;
    }

    /**
     * What the message is sent through.
     *
     * @param kind {@code pipeline}, {@code wasm} or {@code local}
     */
    public void setKind(String kind) {
        this.kind = kind;
    }

    /**
     * The pipeline file, the module or the Java processor.
     *
     * @return the resource
     */
    public String getResource() {
        return resource;
    }

    /**
     * The pipeline file, the module or the Java processor.
     *
     * @param resource the resource
     */
    public void setResource(String resource) {
        this.resource = resource;
    }

    /**
     * The processor's own options.
     *
     * @return the values by name
     */
    public Map<String, Object> getOption() {
        return option;
    }

    /**
     * The processor's own options.
     *
     * @param option the values by name
     */
    public void setOption(Map<String, Object> option) {
        this.option = option;
    }

    /**
     * What the body becomes.
     *
     * @return {@code string} or {@code bytes}
     */
    public String getResultType() {
        return resultType;
    }

    /**
     * What the body becomes.
     *
     * @param resultType {@code string} or {@code bytes}
     */
    public void setResultType(String resultType) {
        this.resultType = resultType;
    }

    /**
     * Whether metadata is also set as plain headers.
     *
     * @return true if it is
     */
    public boolean isMetadataHeaders() {
        return metadataHeaders;
    }

    /**
     * Whether metadata is also set as plain headers.
     *
     * @param metadataHeaders true if it is
     */
    public void setMetadataHeaders(boolean metadataHeaders) {
        this.metadataHeaders = metadataHeaders;
    }

    /**
     * Whether a failure holds the texts of the processors that succeeded.
     *
     * @return true if it does
     */
    public boolean isKeepTexts() {
        return keepTexts;
    }

    /**
     * Whether a failure holds the texts of the processors that succeeded.
     *
     * @param keepTexts true if it does
     */
    public void setKeepTexts(boolean keepTexts) {
        this.keepTexts = keepTexts;
    }

    /**
     * The SHA-256 that the module must have.
     *
     * @return 64 hexadecimal digits, or null for any
     */
    public String getSha256() {
        return sha256;
    }

    /**
     * The SHA-256 that the module must have.
     *
     * @param sha256 64 hexadecimal digits, or null for any
     */
    public void setSha256(String sha256) {
        this.sha256 = sha256;
    }

    /**
     * How long one call may take.
     *
     * @return the time, or null for the default
     */
    public Duration getTimeout() {
        return timeout;
    }

    /**
     * How long one call may take.
     *
     * @param timeout the time, or null for the default
     */
    public void setTimeout(Duration timeout) {
        this.timeout = timeout;
    }

    /**
     * Linear memory of one call.
     *
     * @return MiB, or null for the default
     */
    public Integer getMemoryMb() {
        return memoryMb;
    }

    /**
     * Linear memory of one call.
     *
     * @param memoryMb MiB, or null for the default
     */
    public void setMemoryMb(Integer memoryMb) {
        this.memoryMb = memoryMb;
    }

    /**
     * Entries of all tables of one call together.
     *
     * @return the number, or null for the default
     */
    public Integer getTableEntries() {
        return tableEntries;
    }

    /**
     * Entries of all tables of one call together.
     *
     * @param tableEntries the number, or null for the default
     */
    public void setTableEntries(Integer tableEntries) {
        this.tableEntries = tableEntries;
    }

    /**
     * How many calls of the module's functions may be open at once.
     *
     * @return the number, or null for the default
     */
    public Integer getCallDepth() {
        return callDepth;
    }

    /**
     * How many calls of the module's functions may be open at once.
     *
     * @param callDepth the number, or null for the default
     */
    public void setCallDepth(Integer callDepth) {
        this.callDepth = callDepth;
    }

    /** Stack of the open calls of the module's functions in KiB, or null for the default. */
    public Integer getStackKb() {
        return stackKb;
    }

    /** Stack of the open calls of the module's functions in KiB, or null for the default. */
    public void setStackKb(Integer stackKb) {
        this.stackKb = stackKb;
    }

    /**
     * The largest input.
     *
     * @return bytes, or null for the default
     */
    public Long getInputBytes() {
        return inputBytes;
    }

    /**
     * The largest input.
     *
     * @param inputBytes bytes, or null for the default
     */
    public void setInputBytes(Long inputBytes) {
        this.inputBytes = inputBytes;
    }

    /**
     * The largest output.
     *
     * @return bytes, or null for the default
     */
    public Long getOutputBytes() {
        return outputBytes;
    }

    /**
     * The largest output.
     *
     * @param outputBytes bytes, or null for the default
     */
    public void setOutputBytes(Long outputBytes) {
        this.outputBytes = outputBytes;
    }

    /**
     * What one call may log.
     *
     * @return bytes, or null for the default
     */
    public Integer getLogBytes() {
        return logBytes;
    }

    /**
     * What one call may log.
     *
     * @param logBytes bytes, or null for the default
     */
    public void setLogBytes(Integer logBytes) {
        this.logBytes = logBytes;
    }
}
