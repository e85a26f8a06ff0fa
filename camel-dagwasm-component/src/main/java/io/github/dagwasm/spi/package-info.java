/**
 * Types for authors of backends and processors, and for callers of pipelines: processors, the keys
 * of a backend, limits, resources, the report of a run and the failures of runs. Depends on texts,
 * failures and the JDK alone.
 *
 * <p>Start reading at {@link io.github.dagwasm.spi.TextProcessor}, then {@link
 * io.github.dagwasm.spi.Backend}.
 */
package io.github.dagwasm.spi;
