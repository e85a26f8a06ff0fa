package com.example.notes;

import org.apache.camel.builder.RouteBuilder;

/** A route in Java, with a pipeline file as one of its steps. */
final class PublishRoute extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:publish")
                .routeId("publish")
                .to("dagwasm:pipeline:classpath:pipelines/publish.yaml?metadataHeaders=true")
                .to("file:{{notes.folder}}/published?charset=UTF-8");
    }
}
