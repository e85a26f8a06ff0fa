package io.github.dagwasm.camel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.spi.Metadata;
import org.apache.camel.support.DefaultComponent;

/** What the operator says of the limits of one call: a default and a ceiling for each. */
abstract class LimitOptions extends DefaultComponent {

    @Metadata(
            label = "security",
            defaultValue = "64",
            description =
                    "Linear memory of one call of a module in MiB, where neither the pipeline file nor the URI says so.")
    private Integer memoryMb;

    @Metadata(
            label = "security",
            defaultValue = "100000",
            description =
                    "Entries of all tables of one call of a module together, where neither the pipeline file nor the URI says so.")
    private Integer tableEntries;

    @Metadata(
            label = "security",
            defaultValue = "4000",
            description =
                    "How many calls of a module's functions may be open at once, where neither the pipeline file nor the URI says so.")
    private Integer callDepth;

    @Metadata(
            label = "security",
            defaultValue = "640",
            description =
                    "How many KiB of stack the open calls of a module's functions may take, each function's frame at its largest, where neither the pipeline file nor the URI says so. A call that may have more than 640 runs on a thread of its own.")
    private Integer stackKb;

    @Metadata(
            label = "security",
            defaultValue = "10485760",
            description =
                    "The largest input of a module in bytes of UTF-8, where neither the pipeline file nor the URI says so.")
    private Long inputBytes;

    @Metadata(
            label = "security",
            defaultValue = "10485760",
            description =
                    "The largest output of a module in bytes of UTF-8, where neither the pipeline file nor the URI says so.")
    private Long outputBytes;

    @Metadata(
            label = "security",
            defaultValue = "65536",
            description =
                    "What one call of a module may log in bytes, where neither the pipeline file nor the URI says so.")
    private Integer logBytes;

    @Metadata(
            label = "security",
            description =
                    "Linear memory of one call of a module in MiB at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default.")
    private Integer memoryMbCeiling;

    @Metadata(
            label = "security",
            description =
                    "Entries of all tables of one call of a module together at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default.")
    private Integer tableEntriesCeiling;

    @Metadata(
            label = "security",
            description =
                    "How many calls of a module's functions may be open at once at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default.")
    private Integer callDepthCeiling;

    @Metadata(
            label = "security",
            description =
                    "How many KiB of stack the open calls of a module's functions may take at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default.")
    private Integer stackKbCeiling;

    @Metadata(
            label = "security",
            description =
                    "The largest input of a module in bytes of UTF-8 at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default.")
    private Long inputBytesCeiling;

    @Metadata(
            label = "security",
            description =
                    "The largest output of a module in bytes of UTF-8 at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default.")
    private Long outputBytesCeiling;

    @Metadata(
            label = "security",
            description =
                    "What one call of a module may log in bytes at most: a pipeline file or URI that says more is refused. Where it is less than the default, it is the default.")
    private Integer logBytesCeiling;

    /** The defaults that are set, by the keys of a pipeline file. */
    final Map<String, Long> limits() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        put(numbers, "memory_mb", memoryMb);
        put(numbers, "table_entries", tableEntries);
        put(numbers, "call_depth", callDepth);
        put(numbers, "stack_kb", stackKb);
        put(numbers, "input_bytes", inputBytes);
        put(numbers, "output_bytes", outputBytes);
        put(numbers, "log_bytes", logBytes);
        return numbers;
    }

    /** The ceilings that are set, by the keys of a pipeline file. */
    final Map<String, Long> limitCeilings() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        put(numbers, "memory_mb", memoryMbCeiling);
        put(numbers, "table_entries", tableEntriesCeiling);
        put(numbers, "call_depth", callDepthCeiling);
        put(numbers, "stack_kb", stackKbCeiling);
        put(numbers, "input_bytes", inputBytesCeiling);
        put(numbers, "output_bytes", outputBytesCeiling);
        put(numbers, "log_bytes", logBytesCeiling);
        return numbers;
    }

    private static void put(Map<String, Long> numbers, String key, Number value) {
        if (value != null) {
            numbers.put(key, value.longValue());
        }
    }

    public Integer getMemoryMb() {
        return memoryMb;
    }

    public void setMemoryMb(Integer memoryMb) {
        this.memoryMb = memoryMb;
    }

    public Integer getTableEntries() {
        return tableEntries;
    }

    public void setTableEntries(Integer tableEntries) {
        this.tableEntries = tableEntries;
    }

    public Integer getCallDepth() {
        return callDepth;
    }

    public void setCallDepth(Integer callDepth) {
        this.callDepth = callDepth;
    }

    public Integer getStackKb() {
        return stackKb;
    }

    public void setStackKb(Integer stackKb) {
        this.stackKb = stackKb;
    }

    public Long getInputBytes() {
        return inputBytes;
    }

    public void setInputBytes(Long inputBytes) {
        this.inputBytes = inputBytes;
    }

    public Long getOutputBytes() {
        return outputBytes;
    }

    public void setOutputBytes(Long outputBytes) {
        this.outputBytes = outputBytes;
    }

    public Integer getLogBytes() {
        return logBytes;
    }

    public void setLogBytes(Integer logBytes) {
        this.logBytes = logBytes;
    }

    public Integer getMemoryMbCeiling() {
        return memoryMbCeiling;
    }

    public void setMemoryMbCeiling(Integer memoryMbCeiling) {
        this.memoryMbCeiling = memoryMbCeiling;
    }

    public Integer getTableEntriesCeiling() {
        return tableEntriesCeiling;
    }

    public void setTableEntriesCeiling(Integer tableEntriesCeiling) {
        this.tableEntriesCeiling = tableEntriesCeiling;
    }

    public Integer getCallDepthCeiling() {
        return callDepthCeiling;
    }

    public void setCallDepthCeiling(Integer callDepthCeiling) {
        this.callDepthCeiling = callDepthCeiling;
    }

    public Integer getStackKbCeiling() {
        return stackKbCeiling;
    }

    public void setStackKbCeiling(Integer stackKbCeiling) {
        this.stackKbCeiling = stackKbCeiling;
    }

    public Long getInputBytesCeiling() {
        return inputBytesCeiling;
    }

    public void setInputBytesCeiling(Long inputBytesCeiling) {
        this.inputBytesCeiling = inputBytesCeiling;
    }

    public Long getOutputBytesCeiling() {
        return outputBytesCeiling;
    }

    public void setOutputBytesCeiling(Long outputBytesCeiling) {
        this.outputBytesCeiling = outputBytesCeiling;
    }

    public Integer getLogBytesCeiling() {
        return logBytesCeiling;
    }

    public void setLogBytesCeiling(Integer logBytesCeiling) {
        this.logBytesCeiling = logBytesCeiling;
    }
}
