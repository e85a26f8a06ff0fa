package io.github.dagwasm.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.PipelineFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFolderTest {

    @TempDir Path folder;

    private void assertRefused(Path directory, String... lines) {
        assertThatThrownBy(() -> RouteFolder.of(directory))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(String.join("\n", lines).replace("DIR", folder.toString()));
    }

    private void create(String... names) throws IOException {
        for (String name : names) {
            Files.createFile(folder.resolve(name));
        }
    }

    @Test
    void findsTheRouteFilesInTheOrderOfTheirNames() throws IOException {
        create("b.camel.yaml", "a.dagwasm.yaml", "application.properties", "c.yaml", "x.wasm");

        RouteFolder found = RouteFolder.of(folder);

        assertThat(found.routes())
                .containsExactly(folder.resolve("a.dagwasm.yaml"), folder.resolve("b.camel.yaml"));
        assertThat(found.absolute()).isEqualTo(folder.toString());
    }

    @Test
    void leavesOutFoldersAndHiddenFiles() throws IOException {
        create("a.dagwasm.yaml", ".#a.dagwasm.yaml", ".b.camel.yaml");
        Files.createDirectory(folder.resolve("c.dagwasm.yaml"));
        Files.createFile(Files.createDirectory(folder.resolve("sub")).resolve("d.dagwasm.yaml"));

        assertThat(RouteFolder.of(folder).routes())
                .containsExactly(folder.resolve("a.dagwasm.yaml"));
    }

    @Test
    void knowsTheAbsolutePathOfADottedOne() throws IOException {
        create("a.dagwasm.yaml");

        assertThat(RouteFolder.of(folder.resolve("./")).absolute()).isEqualTo(folder.toString());
    }

    @Test
    void refusesAFolderThatDoesNotExist() {
        assertRefused(
                Path.of("no/such"),
                "no/such: no such folder; expected it at " + Path.of("no/such").toAbsolutePath());
    }

    @Test
    void refusesAFile() throws IOException {
        create("a.dagwasm.yaml");

        assertRefused(
                folder.resolve("a.dagwasm.yaml"),
                "DIR/a.dagwasm.yaml: not a folder; expected the folder that the route files are in");
    }

    @Test
    void refusesAFolderWithoutRoutes() throws IOException {
        create("application.properties");

        assertRefused(
                folder, "DIR: no route; expected a file *.dagwasm.yaml or *.camel.yaml in it");
    }

    @Test
    void refusesEveryNameThatCamelTakesForSomethingElse() throws IOException {
        create("a.dagwasm.yaml", "orders.v2.dagwasm.yaml", "x.y.z.camel.yaml");

        assertRefused(
                folder,
                "DIR/orders.v2.dagwasm.yaml: Camel takes what follows the first dot for the extension, 'v2.dagwasm.yaml', and would not load it; rename it to orders-v2.dagwasm.yaml",
                "DIR/x.y.z.camel.yaml: Camel takes what follows the first dot for the extension, 'y.z.camel.yaml', and would not load it; rename it to x-y-z.camel.yaml");
    }
}
