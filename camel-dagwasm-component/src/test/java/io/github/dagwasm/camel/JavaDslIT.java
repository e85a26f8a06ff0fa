package io.github.dagwasm.camel;

import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;

/** Routes in Java. */
class JavaDslIT extends RouteContract {

    @Override
    protected RoutesBuilder createRouteBuilder() throws Exception {
        writeResources();
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("direct:steps");
                from("seda:in?pollTimeout=50").to("direct:steps");
                from("file:" + folder + "/in?initialDelay=0&delay=50")
                        .to("direct:steps")
                        .to("file:" + folder + "/out?charset=UTF-8");
                from("direct:steps")
                        .to(
                                "dagwasm:pipeline:file:"
                                        + folder
                                        + "/shout.dagwasm.yaml?metadataHeaders=true")
                        .setProperty("count", header("dagwasm.count.char_count"))
                        .to("dagwasm:wasm:file:" + folder + "/bang.wasm?timeout=10s&memoryMb=16")
                        .to(
                                "dagwasm:local:prefix_suffix_adder"
                                        + "?option.prefix=RAW(<)&option.suffix=RAW( +1)")
                        .setHeader("dagwasm.count.char_count", exchangeProperty("count"))
                        .to("mock:out");
                from("direct:trapping")
                        .errorHandler(
                                deadLetterChannel("mock:dead")
                                        .maximumRedeliveries(2)
                                        .redeliveryDelay(0)
                                        .logExhausted(false))
                        .streamCache("false")
                        .to("dagwasm:wasm:file:" + folder + "/trap.wasm");
            }
        };
    }
}
