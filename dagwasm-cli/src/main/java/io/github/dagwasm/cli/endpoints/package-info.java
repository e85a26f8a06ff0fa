/**
 * Camel for one command: what a pipeline file's endpoints need. It is the only package beside
 * {@code cli.serve} that knows Camel, and nothing in it is loaded before there is an endpoint.
 */
package io.github.dagwasm.cli.endpoints;
