package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.wasm.ModuleServer;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the operator's options forbid to those who write URIs and pipeline files. */
class TrustIT {

    private CamelFixture camel;
    private Path base;
    private Path root;
    private Path secret;
    private DagWasmComponent component;

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        base = folder.toRealPath();
        camel = new CamelFixture(base);
        root = Files.createDirectories(base.resolve("modules"));
        TestModule.write(root.resolve("guest.wasm"), TestModules.append("!"));
        secret = TestModule.write(base.resolve("secret.wasm"), TestModules.append("?"));
        component = camel.context.getComponent("dagwasm", DagWasmComponent.class);
    }

    @AfterEach
    void close() {
        camel.close();
    }

    private void confine() {
        component.setModuleRoots(root.toString());
        camel.context.start();
    }

    private String refusal(String uri) {
        Throwable cause = catchThrowable(() -> camel.template.requestBody(uri, "x"));
        while (!(cause instanceof DagWasmException)) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }

    private String outside(Object really) {
        return "it is really "
                + really
                + ", outside of the folders that modules may come from: "
                + root
                + " (option moduleRoots)";
    }

    @Test
    void aUriLeadsOutOfNoRoot() throws Exception {
        Files.createSymbolicLink(root.resolve("link.wasm"), secret);
        confine();

        assertThat(camel.template.requestBody("dagwasm:wasm:" + root + "/guest.wasm", "x"))
                .isEqualTo("x!");
        for (String module :
                new String[] {
                    root + "/../secret.wasm",
                    root + "/%2e%2e/secret.wasm",
                    root + "/%2E./secret.wasm",
                    "file:" + root + "/../secret.wasm",
                    "file:" + root + "/%2e%2e/secret.wasm",
                    "file://" + root + "/%2e%2e/secret.wasm",
                    root + "/link.wasm",
                    secret.toString()
                }) {
            assertThat(refusal("dagwasm:wasm:" + module)).endsWith("): " + outside(secret));
        }
    }

    @Test
    void whatAPipelineFileNamesIsConfinedButNotTheFile() {
        String good = camel.pipeline("good", module("modules/guest.wasm"));
        String bad = camel.pipeline("bad", module("secret.wasm"));
        String up = camel.pipeline("up", module("modules/../secret.wasm"));
        confine();

        assertThat(camel.template.requestBody(good, "x")).isEqualTo("x!");
        assertThat(refusal(bad))
                .isEqualTo(
                        base
                                + "/bad.dagwasm.yaml:1:51: processors[0].module: processor 'guest'"
                                + " (secret.wasm): "
                                + outside(secret));
        assertThat(refusal(up)).endsWith("(modules/../secret.wasm): " + outside(secret));
    }

    private static String module(String module) {
        return "processors: [ { id: guest, backend: wasm, module: " + module + " } ]";
    }

    @Test
    void aRootThatIsNotThereFailsTheStart() {
        component.setModuleRoots(root + ", " + base + "/none");

        assertThatThrownBy(() -> camel.context.start())
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "moduleRoots: "
                                + base
                                + "/none is not there; expected a folder that exists");
    }

    @Test
    void noFolderIsNotAnyFolder() {
        component.setModuleRoots("");
        assertThatThrownBy(() -> camel.context.start())
                .rootCause()
                .hasMessage(
                        "moduleRoots: a folder is missing; leave the option out to allow all folders");
    }

    @Test
    void noSchemeIsNotAnyScheme() {
        component.setAllowedEndpointSchemes("");

        assertThatThrownBy(() -> camel.context.start())
                .rootCause()
                .hasMessage(
                        "allowedEndpointSchemes: names no scheme; leave the option out to allow all");
    }

    @Test
    void whatWouldComeTooLateIsRefused() {
        camel.context.start();
        camel.template.requestBody("dagwasm:wasm:" + secret, "x");
        String late = ": pipelines were read already; set it before the first one is";

        assertThatThrownBy(() -> component.setModuleRoots(root.toString()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("moduleRoots" + late);
        assertThatThrownBy(() -> component.setAllowRemoteModules(false))
                .hasMessage("allowRemoteModules" + late);
        assertThatThrownBy(() -> component.setAllowedEndpointSchemes("file"))
                .hasMessage("allowedEndpointSchemes" + late);
        assertThatThrownBy(() -> component.setAuthors("trusted")).hasMessage("authors" + late);
        assertThatThrownBy(() -> component.setAllowedEndpointOptions("file:fileName"))
                .hasMessage("allowedEndpointOptions" + late);
        assertThatThrownBy(() -> component.setResolvableProperties("*"))
                .hasMessage("resolvableProperties" + late);
    }

    @Test
    void aRemoteModuleIsRunWhereItIsAllowedAndPinned() throws Exception {
        byte[] module = TestModules.append("!");
        String pin = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(module));
        camel.context.start();
        try (ModuleServer server = new ModuleServer()) {
            String uri = "dagwasm:wasm:" + server.module("/guest.wasm", module);
            assertThat(refusal(uri + "?sha256=" + pin))
                    .endsWith(
                            "scheme 'http' is not allowed without allowRemoteModules=true on the"
                                    + " component; otherwise expected a path, file: or classpath:");
            camel.context.removeComponent("dagwasm");
            component = camel.context.getComponent("dagwasm", DagWasmComponent.class);
            component.setAllowRemoteModules(true);

            assertThat(refusal(uri + "?memoryMb=8"))
                    .endsWith(
                            "scheme 'http' is not allowed without sha256 on the processor;"
                                    + " otherwise expected a path, file: or classpath:");
            Exchange result = camel.send(uri + "?memoryMb=9&sha256=" + pin, "x");
            assertThat(CamelFixture.text(result)).isEqualTo("x!");
        }
    }

    @Test
    void camelMainBindsTheOptions() throws Exception {
        Main main = new Main();
        main.addInitialProperty(
                "camel.component.dagwasm.module-roots", root + ",classpath:guests/");
        main.addInitialProperty("camel.component.dagwasm.allow-remote-modules", "true");
        main.addInitialProperty("camel.component.dagwasm.allowedEndpointSchemes", "direct,file");
        try {
            main.start();
            DagWasmComponent bound =
                    main.getCamelContext().getComponent("dagwasm", DagWasmComponent.class);

            assertThat(bound.getModuleRoots()).isEqualTo(root + ",classpath:guests/");
            assertThat(bound.isAllowRemoteModules()).isTrue();
            assertThat(bound.getAllowedEndpointSchemes()).isEqualTo("direct,file");
            assertThat(bound.endpointPolicy()).hasToString("direct, file, literal");
        } finally {
            main.stop();
        }
    }
}
