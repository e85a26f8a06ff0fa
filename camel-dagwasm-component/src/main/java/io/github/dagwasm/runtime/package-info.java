/**
 * Where definition, backends and executor come together, without Camel: a pipeline that was read
 * becomes one that runs. Start reading at {@link io.github.dagwasm.runtime.PipelineRuntime}.
 */
package io.github.dagwasm.runtime;
