package io.github.dagwasm.cli;

import org.junit.jupiter.api.Test;

/** Folders that are not served, and what is said of why. */
class RefusedServeIT extends ServeFixture {

    @Test
    void tellsTheFaultsOfAllFiles() throws Exception {
        write(
                "a.dagwasm.yaml",
                """
                processors:
                  - { id: upper, backend: local, impl: change_text_case_uper }
                """);
        write(
                "b.dagwasm.yaml",
                """
                from: file:{{inbox}}
                processors:
                  - { id: upper, backend: local, impl: change_text_case_upper }
                """);

        assertRefused(
                refused(),
                "my shop, v1.2/a.dagwasm.yaml:2:40: processors[0].impl: no impl 'change_text_case_uper' (did you mean 'change_text_case_upper'?)",
                "my shop, v1.2/b.dagwasm.yaml:1:7: from: no value for the placeholder {{inbox}}; define it or write {{inbox:default}}");
    }

    @Test
    void tellsWhichModuleIsRefused() throws Exception {
        write(
                "a.dagwasm.yaml",
                """
                processors:
                  - { id: guest, backend: wasm, module: guest.wasm }
                """);

        assertRefused(
                refused(),
                "my shop, v1.2/a.dagwasm.yaml:2:41: processors[0].module: processor 'guest' (guest.wasm): not found: neither beside the pipeline file (DIR/guest.wasm) nor in the working directory (PARENT/guest.wasm) nor on the class path"
                        .replace("DIR", folder.toString())
                        .replace("PARENT", parent.toString()));
    }

    @Test
    void tellsWhereComponentsComeFrom() throws Exception {
        write(
                "a.dagwasm.yaml",
                """
                from: kafka:orders
                processors:
                  - { id: upper, backend: local, impl: change_text_case_upper }
                """);

        assertRefused(
                refused(),
                "my shop, v1.2/a.dagwasm.yaml:1:7: from: there is no component 'kafka'; is its jar on the class path? (the jars of components that dagwasm does not bring along go into DAGWASM_CLASSPATH)");
    }

    @Test
    void tellsTheLineOfARouteThatCamelRefuses() throws Exception {
        write(
                "a.camel.yaml",
                """
                - route:
                    id: tick
                    from:
                      uri: timer:tick
                      steps:
                        - to:
                            uri: "log:{{nosuch}}"
                """);

        assertRefused(
                refused(),
                "my shop, v1.2/a.camel.yaml:4: route tick: Property with key [nosuch] not found in properties from text: log:{{nosuch}}");
    }

    @Test
    void tellsTheLineThatIsNoRoute() throws Exception {
        write("a.camel.yaml", "- route:\n    from:\n      uri: timer:c\n      stepss: []\n");

        assertRefused(
                refused(),
                "Unsupported field: stepss; in file:my shop, v1.2/a.camel.yaml, line 4, column 15: stepss: []");
    }

    @Test
    void tellsWhichOptionIsWrong() throws Exception {
        write("a.camel.yaml", "- beans: []\n");

        assertRefused(
                refused("-Dcamel.main.nosuch=1"),
                "camel.main.nosuch=1: there is no such option, or it has no such value");
    }

    @Test
    void refusesAFolderWhoseFilesHaveNoRoute() throws Exception {
        write("a.camel.yaml", "- beans: []\n");

        assertRefused(refused(), "my shop, v1.2: no route; there is none in its files");
    }
}
