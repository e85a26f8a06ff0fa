/**
 * The pipeline file: its keys, the reader that turns a file into a validated definition or into all
 * of its faults at once, and the JSON Schema that says the same to an editor. What a processor of a
 * backend may have comes from the backend's own {@link io.github.dagwasm.spi.KeySpec}s: nothing
 * here knows what wasm is.
 *
 * <p>Start reading at {@link io.github.dagwasm.pipeline.PipelineReader}, then {@link
 * io.github.dagwasm.pipeline.PipelineDefinition}. Inside, {@code PipelineKeys} lists the keys,
 * {@code BlockReader} and {@code ValueReader} hold them against the file, {@code GraphReader} holds
 * the processors against each other. A processor that is written without a file ({@link
 * io.github.dagwasm.pipeline.ProcessorParameters}) becomes the same tree, in {@code
 * ParameterNodes}, and {@code Wording} tells its author of faults in his own words.
 */
package io.github.dagwasm.pipeline;
