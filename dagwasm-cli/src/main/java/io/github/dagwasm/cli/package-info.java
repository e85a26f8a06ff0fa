/**
 * The command line: one class for each command, and what they share. Start reading at {@link
 * io.github.dagwasm.cli.Dagwasm}.
 */
package io.github.dagwasm.cli;
