/** Texts, and their escaped form for messages. Depends on the failures and the JDK alone. */
package io.github.dagwasm.text;
