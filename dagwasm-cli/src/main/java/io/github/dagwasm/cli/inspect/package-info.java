/**
 * What {@code dagwasm inspect} says of a module, and of how two modules differ, for people and for
 * programs. Start reading at {@link io.github.dagwasm.cli.inspect.ModuleText} and {@link
 * io.github.dagwasm.cli.inspect.ModuleComparison}.
 */
package io.github.dagwasm.cli.inspect;
