/**
 * Failures as problem documents of RFC 9457, for routes that answer over HTTP. Start reading at
 * {@link io.github.dagwasm.camel.problem.ProblemDetails}.
 */
package io.github.dagwasm.camel.problem;
