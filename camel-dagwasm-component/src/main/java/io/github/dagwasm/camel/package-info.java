/**
 * The Camel face: {@code dagwasm:pipeline:}, {@code dagwasm:wasm:} and {@code dagwasm:local:} as
 * endpoints that a route sends its exchanges to. Start reading at {@link
 * io.github.dagwasm.camel.DagWasmEndpoint}, which has the options, and {@link
 * io.github.dagwasm.camel.DagWasmProducer}, which does the work.
 */
package io.github.dagwasm.camel;
