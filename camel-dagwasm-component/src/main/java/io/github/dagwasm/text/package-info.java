/** Texts, and how texts of others are shown. Depends on the failures and the JDK alone. */
package io.github.dagwasm.text;
