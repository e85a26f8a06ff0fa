/**
 * The processors written in Java: those that come with the library, a class each, and the backend
 * that makes them and a user's own. They are trusted and not held to any limit but a timeout, so
 * every built-in one takes time linear in its text.
 *
 * <p>Start reading at {@link io.github.dagwasm.local.LocalBackend}.
 */
package io.github.dagwasm.local;
