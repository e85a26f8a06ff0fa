/**
 * Draws a pipeline as Mermaid text or as an SVG picture. A {@link
 * io.github.dagwasm.cli.graph.Drawing} says what there is to see and knows nothing of pipelines or
 * runs; the two writers agree on what the marks mean. Start reading at {@link
 * io.github.dagwasm.cli.graph.Drawing}.
 */
package io.github.dagwasm.cli.graph;
