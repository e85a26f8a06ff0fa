package io.github.dagwasm.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where files are looked for, and what is said where there is none. */
class ResourceSearchTest {

    private static final String NAME = "demo.dagwasm.yaml";

    @TempDir Path folder;

    private final ResourceSearch pipelines =
            ResourceSearch.of("pipelines", 10, bytes -> bytes + " bytes are too many");
    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();

    @AfterEach
    void giveTheClassLoaderBack() {
        thread.setContextClassLoader(before);
    }

    private Path write(Path path, String text) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        return Files.writeString(path, text);
    }

    private AbstractThrowableAssert<?, ?> refused(ResourceSearch search, String resource) {
        return assertThatThrownBy(() -> search.find(resource))
                .isInstanceOf(ResourceRefusedException.class);
    }

    @Test
    void besideTheFileThatNamesItGoesBeforeTheWorkingDirectory() throws Exception {
        String resource = "target/test-resources/" + NAME;
        Path working = write(Path.of(resource), "working").toAbsolutePath();
        Path beside = folder.resolve(resource);
        ResourceSearch search =
                pipelines.besideFileOf("route", Optional.of(ResourceFolder.of(folder)));

        ResourceFile found = search.find(resource);
        assertThat(found.bytes()).asString(UTF_8).isEqualTo("working");
        assertThat(found.place()).isEqualTo(working.toString());
        assertThat(found.directory()).contains(ResourceFolder.of(working.getParent()));
        assertThat(found).hasToString(working + " (in the working directory)");

        write(beside, "beside");
        ResourceFile nearer = search.find(resource);
        assertThat(nearer.bytes()).asString(UTF_8).isEqualTo("beside");
        assertThat(nearer.place()).isEqualTo(beside.toString());
        assertThat(nearer.directory()).contains(ResourceFolder.of(beside.getParent()));
        assertThat(nearer).hasToString(beside + " (beside the route file)");
    }

    @Test
    void theWorkingDirectoryGoesBeforeTheClassPath() throws Exception {
        String resource = "target/test-resources/both.yaml";
        write(folder.resolve(resource), "class path");
        write(Path.of(resource), "working");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            thread.setContextClassLoader(loader);

            assertThat(pipelines.find(resource).bytes()).asString(UTF_8).isEqualTo("working");
            assertThat(pipelines.find("classpath:" + resource).bytes())
                    .asString(UTF_8)
                    .isEqualTo("class path");
        }
    }

    @Test
    void anAbsolutePathIsItsOwnPlace() throws Exception {
        Path file = write(folder.resolve("a b.yaml"), "x");

        for (String resource : new String[] {"" + file, "file:" + file, "" + file.toUri()}) {
            ResourceFile found = pipelines.find(resource);

            assertThat(found).hasToString(file.toString());
            assertThat(found.place()).isEqualTo(file.toString());
            assertThat(found.directory()).contains(ResourceFolder.of(folder));
        }
    }

    @Test
    void aLinkIsInItsOwnFolder() throws Exception {
        Path target = write(folder.resolve("data/" + NAME), "x");
        Path link = Files.createSymbolicLink(folder.resolve(NAME), target);

        assertThat(pipelines.find(link.toString()).directory()).contains(ResourceFolder.of(folder));
    }

    @Test
    void aFileInAFolderOfTheClassPathHasThatFolder() throws Exception {
        Path file = write(folder.resolve("sub/" + NAME), "x");
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            thread.setContextClassLoader(loader);

            for (String scheme : new String[] {"", "classpath:", "classpath:/"}) {
                ResourceFile found = pipelines.find(scheme + "sub/" + NAME);

                assertThat(found).hasToString(file + " (on the class path)");
                assertThat(found.place()).isEqualTo(file.toString());
                assertThat(found.directory())
                        .contains(ResourceFolder.ofClassPath("sub/" + NAME, file.toUri().toURL()));
            }
        }
    }

    @Test
    void aFileInAnArchiveHasAFolderThere() throws Exception {
        Path jar = folder.resolve("pipelines.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("sub/" + NAME));
            out.write("in a jar".getBytes(UTF_8));
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            thread.setContextClassLoader(loader);

            ResourceFile found = pipelines.find("classpath:/sub/" + NAME);
            assertThat(found).hasToString("classpath:sub/" + NAME);
            assertThat(found.place()).isEqualTo("classpath:sub/" + NAME);
            assertThat(found.directory()).map(Object::toString).contains("classpath:sub/");
            assertThat(found.bytes()).asString(UTF_8).isEqualTo("in a jar");
        }
    }

    @Test
    void besideAnArchivedFileNothingLeadsOutOfTheRoots() throws Exception {
        Path jar = folder.resolve("pipelines.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : new String[] {"sub/" + NAME, "sub/in.txt", "out.txt"}) {
                out.putNextEntry(new ZipEntry(name));
                out.write("x".getBytes(UTF_8));
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            thread.setContextClassLoader(loader);
            ResourceSearch search =
                    pipelines
                            .besideFileOf(
                                    "pipeline", pipelines.find("classpath:sub/" + NAME).directory())
                            .within(ResourceRoots.of("roots", List.of("classpath:sub/")));

            assertThat(search.find("in.txt"))
                    .hasToString("classpath:sub/in.txt (beside the pipeline file)");
            refused(search, "../out.txt")
                    .hasMessageStartingWith("it is classpath:out.txt, outside");
            refused(search, "..\\out.txt").hasMessageStartingWith("not found: ");
            refused(search, "file:in.txt").hasMessageStartingWith("not found: ");
        }
    }

    @Test
    void theLibrarysOwnClassPathIsAskedAfterThatOfTheThread() {
        String resource = "classpath:io/github/dagwasm/pipeline/pipeline.schema.json";
        ResourceSearch large = ResourceSearch.of("schemas", 1 << 20, bytes -> "too large");

        thread.setContextClassLoader(null);
        assertThat(large.find(resource).bytes()).isNotEmpty();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        assertThat(large.find(resource).bytes()).isNotEmpty();
    }

    @Test
    void whatIsNotFoundIsSaidInTheWordsOfWhoAsks() {
        String working = Path.of("no.yaml").toAbsolutePath().toString();

        refused(pipelines, "no.yaml")
                .hasMessage(
                        "no such file: not in the working directory ("
                                + working
                                + ") nor on the class path");
        refused(pipelines, "file:no.yaml")
                .hasMessage("no such file: not in the working directory (" + working + ")");
        refused(pipelines, "classpath:no.yaml").hasMessage("not on the class path");
        refused(pipelines, "/no/such.yaml").hasMessage("there is no such file");
        refused(pipelines.besideFileOf("route", Optional.of(ResourceFolder.of(folder))), "no.yaml")
                .hasMessage(
                        "not found: neither beside the route file ("
                                + folder.resolve("no.yaml")
                                + ") nor in the working directory ("
                                + working
                                + ") nor on the class path");
        refused(pipelines.besideFileOf("route", Optional.empty()), "file:no.yaml")
                .hasMessage(
                        "not found: neither beside the route file (the route has none) nor in the"
                                + " working directory ("
                                + working
                                + ")");
    }

    @Test
    void aRemoteFileIsRefusedByItsScheme() {
        refused(pipelines, "http://example.org/x.yaml")
                .hasMessage("scheme 'http' is not allowed; expected a path, file: or classpath:");
    }

    @Test
    void aNameThatNoFileCanHaveIsRefused() {
        refused(pipelines, "a\0b")
                .hasMessage("no file can have this name: Nul character not allowed");
        refused(pipelines, "file://host/x.yaml")
                .hasMessage("no file has this URI: URI has an authority component");
    }

    @Test
    void nothingButARegularFileIsRead() {
        refused(pipelines, folder.toString()).hasMessage(folder + " is a directory, not a file");
        refused(pipelines, "/dev/null").hasMessage("/dev/null is no regular file");
    }

    @Test
    void aFileOfTheMostBytesIsReadAndALargerOneIsNot() throws Exception {
        Path most = write(folder.resolve("most.yaml"), "0123456789");
        Path more = write(folder.resolve("more.yaml"), "0123456789abcdef");

        assertThat(pipelines.find(most.toString()).bytes()).hasSize(10);
        refused(pipelines, more.toString()).hasMessage("16 bytes are too many");
        assertThat(ResourceSearch.of("x", Long.MAX_VALUE, b -> "").find("" + more).bytes())
                .hasSize(16);
    }

    @Test
    void aLargeFileInAnArchiveIsReadNoFurtherThanOneByteTooMany() throws Exception {
        Path jar = folder.resolve("large.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(NAME));
            out.write(new byte[100_000]);
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            thread.setContextClassLoader(loader);

            refused(pipelines, "classpath:" + NAME).hasMessage("11 bytes are too many");
        }
    }

    @Test
    void aBoundBelowNothingIsRefused() {
        assertThatThrownBy(() -> ResourceSearch.of("x", -1, bytes -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxBytes must be >= 0, but is -1");
    }
}
