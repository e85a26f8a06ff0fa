/**
 * What is measured, each in a process of its own. Start reading at {@link
 * io.github.dagwasm.benchmarks.worker.Worker}. Nothing here knows the package above except for the
 * routes and the works, and each class names one library only: a worker runs on the class path of
 * what it measures.
 */
package io.github.dagwasm.benchmarks.worker;
