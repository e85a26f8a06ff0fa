/**
 * {@code dagwasm serve}: a folder of routes on camel-main. The only part of the command line that
 * knows Camel. Start reading at {@link io.github.dagwasm.cli.serve.FolderServer}.
 */
package io.github.dagwasm.cli.serve;
