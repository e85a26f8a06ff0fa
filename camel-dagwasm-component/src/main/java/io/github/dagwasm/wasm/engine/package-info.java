/**
 * What the sandbox asks of a WebAssembly engine, in words that belong to no engine: modules,
 * instances, linear memory, host functions and their types. An engine of a kind lives in a package
 * of its own below this one, and nothing else names its classes.
 *
 * <p>Start reading at {@link io.github.dagwasm.wasm.engine.WasmEngine}.
 */
package io.github.dagwasm.wasm.engine;
