package io.github.dagwasm.camel;

import org.apache.camel.spi.Metadata;

/** The names of headers and exchange properties. */
public final class DagWasmConstants {

    /** How many processors were called, whether they succeeded or failed. */
    @Metadata(
            label = "producer",
            description =
                    "How many processors of the pipeline were called, whether they succeeded or failed.",
            javaType = "Integer")
    public static final String PROCESSORS_EXECUTED = "CamelDagWasmProcessorsExecuted";

    /** What the processors learnt: by processor id, a map of strings. */
    @Metadata(
            label = "producer",
            description =
                    "What the processors learnt: a map by processor id, with a map of strings for each. Read-only.",
            javaType = "java.util.Map<String, java.util.Map<String, String>>")
    public static final String METADATA = "CamelDagWasmMetadata";

    /** Whether processors failed and the body is what succeeded without them. */
    @Metadata(
            label = "producer",
            description =
                    "Whether processors failed and the body is what succeeded without them, as the failure strategy best_effort allows. Always set.",
            javaType = "Boolean")
    public static final String PARTIAL = "CamelDagWasmPartial";

    /**
     * The exchange property with the {@link io.github.dagwasm.spi.RunReport} of the run, set also
     * where the run failed.
     */
    public static final String REPORT = "CamelDagWasmReport";

    /**
     * The exchange property, on the exchange that a processor of the backend {@code camel} sends to
     * its endpoint, with the processor's id.
     */
    public static final String PROCESSOR = "CamelDagWasmProcessor";

    /** What the names of the plain headers that {@code metadataHeaders} asks for begin with. */
    public static final String PLAIN_PREFIX = "dagwasm.";

    /** The plain header that counts the metadata for which there is no plain header. */
    public static final String OMITTED = "dagwasm.omitted";

    /** What the names of all headers of this component begin with. */
    static final String CAMEL_PREFIX = "CamelDagWasm";

    private DagWasmConstants() {}
}
