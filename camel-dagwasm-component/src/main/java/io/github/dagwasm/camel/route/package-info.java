/**
 * Pipeline files as routes: a file {@code NAME.dagwasm.yaml} that Camel finds among its route files
 * becomes the route {@code NAME}. Start reading at {@link
 * io.github.dagwasm.camel.route.DagWasmRoutesBuilderLoader}.
 */
package io.github.dagwasm.camel.route;
