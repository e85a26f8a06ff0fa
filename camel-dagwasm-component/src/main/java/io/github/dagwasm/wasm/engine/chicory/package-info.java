/**
 * The engine Chicory: its compiler to JVM bytecode, and its interpreter for the functions that are
 * too large for a JVM method. The only package that names Chicory's classes; its exceptions end
 * here.
 *
 * <p>Start reading at {@link io.github.dagwasm.wasm.engine.chicory.ChicoryEngine}.
 */
package io.github.dagwasm.wasm.engine.chicory;
