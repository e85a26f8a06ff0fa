package io.github.dagwasm.benchmarks.worker;

import org.apache.camel.model.RouteDefinition;

/**
 * One work in one step.
 *
 * @param way who does it
 * @param work the work
 */
record GuestRoute(Way way, Work work) implements Route {

    /** Who does the work. */
    enum Way {
        /** A Java lambda: the floor. */
        LAMBDA,
        /** A guest by {@code dagwasm:wasm:}. */
        DAGWASM,
        /** The same, with fuel asked for. */
        METERED,
        /** A guest by camel-wasm's {@code wasm:}. */
        CAMEL_WASM
    }

    @Override
    public void extend(RouteDefinition route) throws AbsentException {
        switch (way) {
            case LAMBDA ->
                    route.process(
                            exchange ->
                                    exchange.getMessage()
                                            .setBody(
                                                    work.apply(
                                                            exchange.getMessage()
                                                                    .getBody(String.class))));
            case DAGWASM -> route.to(dagwasm(Metering.OFF));
            case METERED -> route.to(dagwasm(Metering.ON));
            case CAMEL_WASM ->
                    route.to("wasm:" + work.function() + "?module=classpath:guests/camel.wasm");
        }
    }

    private String dagwasm(Metering metering) throws AbsentException {
        return "dagwasm:wasm:classpath:guests/cstring.wasm?option.function="
                + work.function()
                + metering.inUri();
    }

    @Override
    public String input() {
        return work.input();
    }

    @Override
    public String output() {
        return work.expected();
    }
}
