package io.github.dagwasm.camel.language;

import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;

/** Routes in Java. */
class JavaLanguageIT extends LanguageContract {

    @Override
    protected RoutesBuilder createRouteBuilder() throws Exception {
        prepareResources();
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:filter")
                        .filter()
                        .language("dagwasm", "pipeline:file:" + folder + "/long.dagwasm.yaml")
                        .to("mock:filtered");
                from("direct:choice")
                        .choice()
                        .when()
                        .language("dagwasm", "local:long")
                        .to("mock:long")
                        .otherwise()
                        .to("mock:short");
                from("direct:header")
                        .setHeader("shout")
                        .language(
                                "dagwasm",
                                "wasm:file:" + folder + "/bang.wasm?timeout=10s&memoryMb=16")
                        .to("mock:header");
                from("direct:split")
                        .split()
                        .language("dagwasm", "wasm:file:" + folder + "/end.wasm")
                        .delimiter(";")
                        .to("mock:parts");
            }
        };
    }
}
