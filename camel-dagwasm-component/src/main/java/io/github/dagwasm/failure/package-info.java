/**
 * Failures of the sandbox and of calls. Each has a kind, which reports and metrics name. Depends on
 * the JDK alone.
 */
package io.github.dagwasm.failure;
