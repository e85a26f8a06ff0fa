package io.github.dagwasm.camel;

import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The same routes in YAML. */
class YamlDslIT extends RouteContract {

    private static final String ROUTES =
            """
            - from:
                uri: direct:in
                steps:
                  - to: direct:steps
            - from:
                uri: seda:in?pollTimeout=50
                steps:
                  - to: direct:steps
            - from:
                uri: file:FOLDER/in
                parameters:
                  initialDelay: 0
                  delay: 50
                steps:
                  - to: direct:steps
                  - to:
                      uri: file:FOLDER/out
                      parameters:
                        charset: UTF-8
            - from:
                uri: direct:steps
                steps:
                  - to:
                      uri: dagwasm:pipeline:file:FOLDER/shout.dagwasm.yaml
                      parameters:
                        metadataHeaders: true
                  - setProperty:
                      name: count
                      header: dagwasm.count.char_count
                  - to:
                      uri: dagwasm:wasm:file:FOLDER/bang.wasm
                      parameters:
                        timeout: 10s
                        memoryMb: 16
                  - to:
                      uri: dagwasm:local:prefix_suffix_adder
                      parameters:
                        option.prefix: RAW(<)
                        option.suffix: RAW( +1)
                  - setHeader:
                      name: dagwasm.count.char_count
                      exchangeProperty: count
                  - to: mock:out
            - route:
                errorHandler:
                  deadLetterChannel:
                    deadLetterUri: mock:dead
                    redeliveryPolicy:
                      maximumRedeliveries: 2
                      redeliveryDelay: 0
                      logExhausted: false
                streamCache: false
                from:
                  uri: direct:trapping
                  steps:
                    - to: dagwasm:wasm:file:FOLDER/trap.wasm
            """;

    @Override
    protected RoutesBuilder createRouteBuilder() throws Exception {
        writeResources();
        return PluginHelper.getRoutesLoader(context)
                .findRoutesBuilders(
                        ResourceHelper.fromString(
                                "routes.camel.yaml", ROUTES.replace("FOLDER", folder.toString())))
                .iterator()
                .next();
    }
}
