/**
 * The language {@code dagwasm}: expressions and predicates whose value is the text that a pipeline,
 * a module or a Java processor makes of the body. Start reading at {@link
 * io.github.dagwasm.camel.language.DagWasmLanguage}.
 */
package io.github.dagwasm.camel.language;
