/**
 * Admission: one pass over a module's bytes before anything parses them, with budgets for what
 * would cost an engine memory or time out of proportion. It knows the binary format and no engine.
 *
 * <p>Start reading at {@link io.github.dagwasm.wasm.admission.Admission}.
 */
package io.github.dagwasm.wasm.admission;
