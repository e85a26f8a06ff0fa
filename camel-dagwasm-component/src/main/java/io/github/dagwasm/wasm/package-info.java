/**
 * The backend {@code wasm}: finding and loading modules, sharing what was compiled, and the
 * processor that calls a guest for each text. What a module may be is decided in {@code admission},
 * how a text gets in and out in {@code abi}, and who runs it in {@code engine}.
 *
 * <p>Start reading at {@link io.github.dagwasm.wasm.WasmBackend}, then {@code WasmProcessor}.
 */
package io.github.dagwasm.wasm;
