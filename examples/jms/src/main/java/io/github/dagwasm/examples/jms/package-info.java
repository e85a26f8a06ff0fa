/**
 * What the JMS example needs in Java: a broker for those who have none, and what becomes of a
 * message that fails. Start reading at {@link io.github.dagwasm.examples.jms.FinalFailure}.
 */
package io.github.dagwasm.examples.jms;
