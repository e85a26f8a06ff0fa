/**
 * What others are told of a component: a health check. Start reading at {@link
 * io.github.dagwasm.camel.observe.HealthObserver}. Managed attributes are with the component and
 * the endpoint themselves, where Camel looks for them.
 */
package io.github.dagwasm.camel.observe;
