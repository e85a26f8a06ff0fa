package io.github.dagwasm.camel.language;

import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The same routes in YAML. */
class YamlLanguageIT extends LanguageContract {

    private static final String ROUTES =
            """
            - from:
                uri: direct:filter
                steps:
                  - filter:
                      expression:
                        language:
                          language: dagwasm
                          expression: pipeline:file:FOLDER/long.dagwasm.yaml
                      steps:
                        - to: mock:filtered
            - from:
                uri: direct:choice
                steps:
                  - choice:
                      when:
                        - expression:
                            language:
                              language: dagwasm
                              expression: local:long
                          steps:
                            - to: mock:long
                      otherwise:
                        steps:
                          - to: mock:short
            - from:
                uri: direct:header
                steps:
                  - setHeader:
                      name: shout
                      expression:
                        language:
                          language: dagwasm
                          expression: wasm:file:FOLDER/bang.wasm?timeout=10s&memoryMb=16
                  - to: mock:header
            - from:
                uri: direct:split
                steps:
                  - split:
                      expression:
                        language:
                          language: dagwasm
                          expression: wasm:file:FOLDER/end.wasm
                      delimiter: ";"
                      steps:
                        - to: mock:parts
            """;

    @Override
    protected RoutesBuilder createRouteBuilder() throws Exception {
        prepareResources();
        return PluginHelper.getRoutesLoader(context)
                .findRoutesBuilders(
                        ResourceHelper.fromString(
                                "routes.camel.yaml", ROUTES.replace("FOLDER", folder.toString())))
                .iterator()
                .next();
    }
}
