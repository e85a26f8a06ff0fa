/**
 * Auto-configuration for Spring Boot: the component's options from {@code
 * camel.component.dagwasm.*}. Start reading at {@link
 * io.github.dagwasm.springboot.DagWasmComponentAutoConfiguration}. The properties and their
 * description for IDEs are generated from the component's catalog into {@code src/generated}.
 */
package io.github.dagwasm.springboot;
