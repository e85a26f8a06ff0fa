/**
 * The immutable graph under a pipeline: nodes are dense ints in the order of the file. It knows
 * nothing of texts or processors. Start reading at {@link io.github.dagwasm.dag.Graph}.
 */
package io.github.dagwasm.dag;
