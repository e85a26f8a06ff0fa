package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ResourceFolder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where modules are looked for, and what is read. */
class ModuleFileTest {

    private static final String LABEL = "processor 'append' (guest.wasm): ";

    @TempDir Path folder;

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    @Test
    void saysWhereItLookedForAMissingModule() {
        Path working = Path.of("guest.wasm").toAbsolutePath();

        assertThatThrownBy(() -> backend.create(definition(folder.resolve("guest.wasm"))))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        LABEL
                                + "not found: neither beside the pipeline file ("
                                + folder.resolve("guest.wasm")
                                + ") nor in the working directory ("
                                + working
                                + ") nor on the class path");
    }

    @Test
    void findsAModuleBesideThePipelineFile() {
        Path nested = TestModule.write(folder.resolve("sub/guest.wasm"), TestModules.echo());

        assertThat(create("guest.wasm", Optional.of(nested.getParent()))).isNotNull();
        assertThat(create("sub/guest.wasm", Optional.of(folder))).isNotNull();
        assertThat(create("file:guest.wasm", Optional.of(nested.getParent()))).isNotNull();
    }

    @Test
    void findsAModuleByItsAbsolutePath() {
        Path module = TestModule.write(folder.resolve("a b.wasm"), TestModules.echo());

        assertThat(create(module.toString(), Optional.empty())).isNotNull();
        assertThat(create("file:" + module, Optional.empty())).isNotNull();
        assertThat(create(module.toUri().toString(), Optional.empty())).isNotNull();
    }

    @Test
    void findsAModuleInTheWorkingDirectory() {
        String module = "target/test-modules/guest.wasm";
        TestModule.write(Path.of(module), TestModules.echo());

        assertThat(create(module, Optional.of(folder))).isNotNull();
        assertThat(create("file:" + module, Optional.empty())).isNotNull();
    }

    @Test
    void findsAModuleOnTheClassPath() throws Exception {
        TestModule.write(folder.resolve("modules/guest.wasm"), TestModules.echo());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            thread.setContextClassLoader(loader);

            assertThat(create("modules/guest.wasm", Optional.empty())).isNotNull();
            assertThat(create("classpath:modules/guest.wasm", Optional.empty())).isNotNull();
            assertThat(create("classpath:/modules/guest.wasm", Optional.empty())).isNotNull();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aFolderOnTheClassPathIsNoModule() throws Exception {
        Path nested =
                TestModule.write(folder.resolve("modules/guest.wasm"), TestModules.echo())
                        .getParent();
        Path jar = folder.resolve("modules.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("packed/"));
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] urls = {folder.toUri().toURL(), jar.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls)) {
            thread.setContextClassLoader(loader);

            assertThatThrownBy(() -> create("classpath:modules", Optional.empty()))
                    .hasMessage(
                            "processor 'append' (classpath:modules): "
                                    + nested
                                    + " is a directory, not a file");
            assertThatThrownBy(() -> create("classpath:packed/", Optional.empty()))
                    .hasMessage("processor 'append' (classpath:packed/): not on the class path");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void aNameForgesNoLine() {
        assertThatThrownBy(() -> create("a\nWARN b.wasm", Optional.empty()))
                .hasMessageStartingWith(
                        "processor 'append' (a\\u{a}WARN b.wasm): not found: neither")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void aFileSchemeLooksNotOnTheClassPath() {
        assertThatThrownBy(() -> create("file:no.wasm", Optional.empty()))
                .hasMessage(
                        "processor 'append' (file:no.wasm): not found: neither beside the pipeline"
                                + " file (the pipeline has none) nor in the working directory ("
                                + Path.of("no.wasm").toAbsolutePath()
                                + ")");
        assertThatThrownBy(() -> create("classpath:no.wasm", Optional.empty()))
                .hasMessage("processor 'append' (classpath:no.wasm): not on the class path");
        assertThatThrownBy(() -> create("/no/such.wasm", Optional.empty()))
                .hasMessage("processor 'append' (/no/such.wasm): there is no such file");
    }

    @Test
    void readsNothingButRegularFiles() throws Exception {
        Files.createDirectory(folder.resolve("guest.wasm"));

        assertThatThrownBy(() -> backend.create(definition(folder.resolve("guest.wasm"))))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(LABEL + folder.resolve("guest.wasm") + " is a directory, not a file");
        assertThatThrownBy(() -> create("/dev/null", Optional.empty()))
                .hasMessage("processor 'append' (/dev/null): /dev/null is no regular file");
    }

    private PipelineProcessor create(String module, Optional<Path> directory) {
        return backend.create(
                new ProcessorDefinition(
                        "orders",
                        "append",
                        directory.map(ResourceFolder::of),
                        new KeyValues(Map.of("module", module)),
                        KeyValues.NONE,
                        KeyValues.NONE));
    }
}
