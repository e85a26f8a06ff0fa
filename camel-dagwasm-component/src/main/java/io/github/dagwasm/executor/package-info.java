/**
 * One run of a pipeline: when processors start, what each of them sees, what a failure means, and
 * the report.
 *
 * <p>A {@link io.github.dagwasm.executor.Plan} says what to run and never changes. {@code Run} is
 * the state of one execution; a {@code Schedule} decides only when a released processor starts.
 * Start reading at {@link io.github.dagwasm.executor.DagExecutor}, then {@code Run}.
 */
package io.github.dagwasm.executor;
