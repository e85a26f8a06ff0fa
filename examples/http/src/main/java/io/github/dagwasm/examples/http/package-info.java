/** What the HTTP example does before a route has a request, and where no route ever has it. */
package io.github.dagwasm.examples.http;
