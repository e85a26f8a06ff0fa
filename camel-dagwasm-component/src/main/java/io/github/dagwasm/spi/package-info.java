/**
 * What a backend author and a caller of pipelines name: texts, processors, the keys a backend
 * declares, limits, how files are found, the report of a run and every failure. It depends on the
 * JDK alone.
 *
 * <p>Start reading at {@link io.github.dagwasm.spi.TextProcessor}, then {@link
 * io.github.dagwasm.spi.Backend}.
 */
package io.github.dagwasm.spi;
