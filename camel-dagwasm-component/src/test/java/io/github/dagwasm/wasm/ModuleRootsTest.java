package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ResourceFolder;
import io.github.dagwasm.spi.ResourceRoots;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gets a module past the operator's folders, or rather does not. */
@Timeout(600)
class ModuleRootsTest {

    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();

    /** Where everything is, without links in its own name. */
    private Path base;

    private Path root;
    private Path inside;
    private Path secret;
    private Optional<WasmBackend> backend = Optional.empty();

    @BeforeEach
    void write(@TempDir Path folder) throws IOException {
        base = folder.toRealPath();
        root = Files.createDirectories(base.resolve("modules"));
        inside = TestModule.write(root.resolve("sub/guest.wasm"), TestModules.echo());
        secret = TestModule.write(base.resolve("secret.wasm"), TestModules.echo());
        TestModule.write(base.resolve("modules-of-others/secret.wasm"), TestModules.echo());
    }

    @AfterEach
    void close() {
        thread.setContextClassLoader(before);
        backend.ifPresent(WasmBackend::close);
    }

    private PipelineProcessor create(String module, Object... roots) {
        backend.ifPresent(WasmBackend::close);
        List<String> entries = Stream.of(roots).map(Object::toString).toList();
        WasmBackend confined =
                new WasmBackend(
                        WasmPolicy.DEFAULTS.withSources(
                                new ModuleSources(
                                        ResourceRoots.of("moduleRoots", entries), false)));
        backend = Optional.of(confined);
        return confined.create(definition(module, root));
    }

    private static ProcessorDefinition definition(String module, Path besides) {
        return new ProcessorDefinition(
                "orders",
                "append",
                Optional.of(ResourceFolder.of(besides)),
                new KeyValues(Map.of("module", module)),
                KeyValues.NONE,
                KeyValues.NONE);
    }

    private void assertOutside(String module, Object really) {
        assertRefused(
                module,
                "it is really "
                        + really
                        + ", outside of the folders that modules may come from: "
                        + root
                        + " (option moduleRoots)",
                root);
    }

    private void assertRefused(String module, String problem, Object... roots) {
        assertThatThrownBy(() -> create(module, roots))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage("processor 'append' (" + module + "): " + problem);
    }

    private String working(String module) {
        return Path.of(module).toAbsolutePath().normalize().toString();
    }

    private String notFound(String module, boolean classPathToo) {
        return "not found: neither beside the pipeline file ("
                + root.resolve(module).normalize()
                + ") nor in the working directory ("
                + working(module)
                + ")"
                + (classPathToo ? " nor on the class path" : "");
    }

    @Test
    void aModuleBelowARootIsLoadedHoweverItIsNamed() {
        for (String module :
                List.of(
                        "sub/guest.wasm",
                        "../modules/sub/guest.wasm",
                        "file:sub/guest.wasm",
                        inside.toString(),
                        "file:" + inside,
                        inside.toUri().toString(),
                        root + "/../modules/./sub/guest.wasm")) {
            assertThat(create(module, base.resolve("modules-of-others"), root)).isNotNull();
        }
    }

    @Test
    void twoDotsLeadOutOfNoRoot() {
        assertOutside("../secret.wasm", secret);
        assertOutside("sub/../../secret.wasm", secret);
        assertOutside("file:../secret.wasm", secret);
        assertOutside(root + "/../secret.wasm", secret);
        assertOutside("file:" + root + "/../secret.wasm", secret);
        assertOutside("file://" + root + "/../secret.wasm", secret);
    }

    @Test
    void anAbsolutePathOutsideIsRefused() {
        assertOutside(secret.toString(), secret);
        assertOutside("FILE:" + secret, secret);
        assertOutside("/etc/passwd", Path.of("/etc/passwd"));
    }

    @Test
    void aFolderWhoseNameBeginsLikeARootIsAnother() {
        assertOutside("../modules-of-others/secret.wasm", base + "/modules-of-others/secret.wasm");
    }

    @Test
    void percentEncodedDotsAreDotsInAUriAndLettersInAPath() {
        assertOutside("file://" + root + "/%2e%2e/secret.wasm", secret);
        assertOutside("file://" + root + "/%2E%2e%2fsecret.wasm", secret);
        assertRefused("%2e%2e/secret.wasm", notFound("%2e%2e/secret.wasm", true), root);
        assertRefused("file:%2e%2e/secret.wasm", notFound("%2e%2e/secret.wasm", false), root);
        assertRefused("..%2fsecret.wasm", notFound("..%2fsecret.wasm", true), root);
        // Decoded once, not twice.
        assertRefused("file://" + root + "/%252e%252e/secret.wasm", "there is no such file", root);
    }

    @Test
    void backslashesSeparateNothing() {
        assertThatThrownBy(() -> create("..\\secret.wasm", root))
                .hasMessage(
                        "processor 'append' (..\\\\secret.wasm): "
                                + notFound("..\\secret.wasm", true).replace("\\", "\\\\"));
    }

    @Test
    void upperCaseIsAnotherName() {
        assertRefused(
                "../MODULES/sub/guest.wasm", notFound("../MODULES/sub/guest.wasm", true), root);
    }

    @Test
    void aNulEndsNoName() {
        assertThatThrownBy(() -> create("sub/guest.wasm\0/../../../secret.wasm", root))
                .hasMessage(
                        "processor 'append' (sub/guest.wasm\\u{0}/../../../secret.wasm): no file can"
                                + " have this name: Nul character not allowed");
        assertRefused(
                "file://" + root + "/guest.wasm%00.wasm",
                "no file has this URI: Nul character not allowed",
                root);
    }

    @Test
    void aLinkLeadsOutOfNoRoot() throws Exception {
        Files.createSymbolicLink(root.resolve("file.wasm"), secret);
        Files.createSymbolicLink(root.resolve("relative.wasm"), Path.of("../secret.wasm"));
        Files.createSymbolicLink(root.resolve("folder"), base);
        Files.createSymbolicLink(root.resolve("again.wasm"), root.resolve("file.wasm"));

        assertOutside("file.wasm", secret);
        assertOutside("relative.wasm", secret);
        assertOutside("folder/secret.wasm", secret);
        assertOutside("again.wasm", secret);
    }

    @Test
    void aLinkFromBelowARootToBelowARootIsFollowed() throws Exception {
        Files.createSymbolicLink(root.resolve("file.wasm"), inside);
        Files.createSymbolicLink(root.resolve("folder"), inside.getParent());
        Files.createSymbolicLink(base.resolve("into.wasm"), inside);

        assertThat(create("file.wasm", root)).isNotNull();
        assertThat(create("folder/guest.wasm", root)).isNotNull();
        assertThat(create("../into.wasm", root)).isNotNull();
    }

    @Test
    void aRootMayBeALinkAndLeadElsewhereLater() throws Exception {
        Path current = Files.createSymbolicLink(base.resolve("current"), root);

        assertThat(create("sub/guest.wasm", current)).isNotNull();

        Files.delete(current);
        Files.createSymbolicLink(current, base.resolve("modules-of-others"));
        assertThatThrownBy(() -> backend.orElseThrow().create(definition("sub/guest.wasm", root)))
                .hasMessage(
                        "processor 'append' (sub/guest.wasm): it is really "
                                + inside
                                + ", outside of the folders that modules may come from: "
                                + current
                                + " (option moduleRoots)");
    }

    @Test
    void aRootThatIsGoneHoldsNothing() throws Exception {
        Path gone = Files.createDirectory(base.resolve("gone"));
        assertThat(create("sub/guest.wasm", gone, root)).isNotNull();
        Files.delete(gone);

        assertThat(backend.orElseThrow().create(definition("sub/guest.wasm", root))).isNotNull();
    }

    @Test
    void aModuleOutsideIsNoReasonToLookFurther() throws Exception {
        String name = "target/test-modules/roots/guest.wasm";
        Path working = TestModule.write(Path.of(name), TestModules.echo()).toRealPath();
        Path beside = TestModule.write(base.resolve("beside").resolve(name), TestModules.echo());

        create("sub/guest.wasm", root, working.getParent());
        assertThat(backend.orElseThrow().create(definition(name, base))).isNotNull();
        assertThatThrownBy(
                        () ->
                                backend.orElseThrow()
                                        .create(definition(name, base.resolve("beside"))))
                .hasMessage(
                        "processor 'append' ("
                                + name
                                + "): it is really "
                                + beside
                                + ", outside of the folders that modules may come from: "
                                + root
                                + ", "
                                + working.getParent()
                                + " (option moduleRoots)");
    }

    @Test
    void whatIsNoRegularFileIsNotRead() throws Exception {
        Path pipe = root.resolve("pipe.wasm");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        Files.createSymbolicLink(root.resolve("null.wasm"), Path.of("/dev/null"));

        assertRefused("pipe.wasm", pipe + " is no regular file", root);
        assertRefused("sub", root.resolve("sub") + " is a directory, not a file", root);
        assertRefused(".", root + " is a directory, not a file", root);
        assertOutside("null.wasm", "/dev/null");
        assertOutside("/dev/zero", "/dev/zero");
        assertOutside("..", base);
    }

    @Test
    void anOpenFileHasThePlaceThatItHas() throws Exception {
        try (FileChannel outside = FileChannel.open(secret);
                FileChannel within = FileChannel.open(inside)) {
            assertThat(outside.isOpen()).isTrue();
            assertThat(within.isOpen()).isTrue();

            assertOutside(descriptor(secret), secret);
            assertThat(create(descriptor(inside), root)).isNotNull();

            String deleted = descriptor(secret);
            Files.delete(secret);
            assertRefused(deleted, deleted + " leads to no file that has a name", root);
        }
        assertOutside(
                "/proc/self/root" + base + "/modules-of-others/secret.wasm",
                base + "/modules-of-others/secret.wasm");
    }

    /** The name below /proc of a file that this process has open. */
    private static String descriptor(Path file) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(Files::exists)
                    .filter(fd -> isSame(fd, file))
                    .findFirst()
                    .orElseThrow()
                    .toString();
        }
    }

    private static boolean isSame(Path descriptor, Path file) {
        try {
            return Files.isSameFile(descriptor, file);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aNameOutsideForgesNoLine() throws Exception {
        TestModule.write(base.resolve("a\nWARN b.wasm"), TestModules.echo());
        Files.createSymbolicLink(root.resolve("link.wasm"), base.resolve("a\nWARN b.wasm"));

        assertOutside("link.wasm", base + "/a\\u{a}WARN b.wasm");
    }

    private void onClassPath(URL... urls) {
        thread.setContextClassLoader(new URLClassLoader(urls));
    }

    @Test
    void theClassPathIsClosedUnlessARootOpensIt() throws Exception {
        TestModule.write(base.resolve("classes/guests/guest.wasm"), TestModules.echo());
        onClassPath(base.resolve("classes").toUri().toURL());
        String problem =
                "it is classpath:guests/guest.wasm, outside of the folders that modules may come"
                        + " from: ";

        for (String module :
                List.of(
                        "classpath:guests/guest.wasm",
                        "classpath:/guests/guest.wasm",
                        "guests/guest.wasm")) {
            assertRefused(module, problem + root + " (option moduleRoots)", root);
            assertRefused(
                    module,
                    problem + root + ", classpath:guest/ (option moduleRoots)",
                    root,
                    "classpath:guest");
            assertThat(create(module, "classpath:")).isNotNull();
            assertThat(create(module, "classpath:guests")).isNotNull();
            assertThat(create(module, root, "classpath:/guests/")).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.wasm",
                "guests/../../secret.wasm",
                "guests/../guests/guest.wasm",
                "./guests/guest.wasm",
                "//guests/guest.wasm",
                "guests/"
            })
    void onTheClassPathOnlyPlainNamesAreLookedFor(String name) throws Exception {
        TestModule.write(base.resolve("classes/guests/guest.wasm"), TestModules.echo());
        onClassPath(base.resolve("classes").toUri().toURL());

        assertRefused(
                "classpath:" + name,
                "on the class path only plain names are looked for (option moduleRoots); expected"
                        + " one such as modules/x.wasm",
                "classpath:");
    }

    @Test
    void aLinkOnTheClassPathLeadsOutOfNoRootEither() throws Exception {
        Path guests = base.resolve("classes/guests");
        TestModule.write(guests.resolve("guest.wasm"), TestModules.echo());
        Files.createSymbolicLink(guests.resolve("link.wasm"), secret);
        Files.createSymbolicLink(guests.resolve("near.wasm"), guests.resolve("guest.wasm"));
        Files.createSymbolicLink(base.resolve("classes/all"), guests);
        onClassPath(base.resolve("classes").toUri().toURL());

        assertRefused(
                "classpath:guests/link.wasm",
                "it is really "
                        + secret
                        + ", outside of the folders that modules may come from: classpath:guests/"
                        + " (option moduleRoots)",
                "classpath:guests");
        assertThat(create("classpath:guests/link.wasm", "classpath:guests", base)).isNotNull();
        assertThat(create("classpath:guests/near.wasm", "classpath:guests")).isNotNull();
        assertThat(create("classpath:all/guest.wasm", "classpath:all")).isNotNull();
    }

    @Test
    void anEntryOfAnArchiveIsBelowARootByItsPlainNameOnly() throws Exception {
        Path jar = base.resolve("guests.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String entry :
                    List.of("guests/guest.wasm", "guests/../secret.wasm", "secret.wasm")) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(TestModules.echo());
            }
        }
        onClassPath(jar.toUri().toURL());

        assertThat(create("classpath:guests/guest.wasm", "classpath:guests/")).isNotNull();
        assertRefused(
                "classpath:secret.wasm",
                "it is classpath:secret.wasm, outside of the folders that modules may come from:"
                        + " classpath:guests/ (option moduleRoots)",
                "classpath:guests/");
        assertRefused(
                "classpath:guests/../secret.wasm",
                "on the class path only plain names are looked for (option moduleRoots); expected"
                        + " one such as modules/x.wasm",
                "classpath:guests/");
        assertRefused(
                "guests/../secret.wasm",
                notFound("guests/../secret.wasm", true),
                "classpath:guests/");
    }

    @Test
    void anotherSchemeIsRefusedByItsName() {
        for (String scheme : List.of("ftp", "jar:file", "jar", "ref", "zip", "data", "jrt")) {
            String first = scheme.replaceFirst(":.*", "");
            assertRefused(
                    scheme + ":" + inside,
                    "scheme '" + first + "' is not allowed; expected a path, file: or classpath:",
                    root);
        }
    }

    @Test
    void withoutRootsAnyFileIsAModule() throws Exception {
        Files.createSymbolicLink(root.resolve("link.wasm"), secret);
        WasmBackend free = new WasmBackend();
        backend = Optional.of(free);

        assertThat(free.create(definition("link.wasm", root))).isNotNull();
        assertThat(free.create(definition("../secret.wasm", root))).isNotNull();
        assertThat(catchThrowable(() -> free.create(definition("/etc/passwd", root))))
                .hasMessage(
                        "processor 'append' (/etc/passwd): it is not a WebAssembly binary: it looks"
                                + " like text");
    }
}
