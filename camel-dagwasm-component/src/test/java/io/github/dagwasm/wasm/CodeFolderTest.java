package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder keeps code, or does without. */
class CodeFolderTest {

    private static final byte[] CODE = {1, 2, 3};

    @TempDir Path folder;

    @Test
    void whatWasKeptIsFoundByAnother() {
        new CodeFolder(folder).keep("5f1c", CODE);

        assertThat(new CodeFolder(folder).find("5f1c")).hasValue(CODE);
        assertThat(new CodeFolder(folder).find("5f1d")).isEmpty();
    }

    @Test
    void whatIsKeptAgainIsReplacedAndNothingIsLeftBeside() {
        CodeFolder store = new CodeFolder(folder);
        store.keep("5f1c", new byte[] {4});
        store.keep("5f1c", CODE);

        assertThat(store.find("5f1c")).hasValue(CODE);
        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("5f1c"));
    }

    @Test
    void aFolderThatIsAbsentIsNotMade() {
        Path absent = folder.resolve("absent");

        new CodeFolder(absent).keep("5f1c", CODE);

        assertThat(absent).doesNotExist();
        assertThat(new CodeFolder(absent).find("5f1c")).isEmpty();
    }

    @Test
    void aFolderThatIsFullKeepsNoMore() throws IOException {
        for (int i = 0; i < CodeFolder.MOST_FILES; i++) {
            Files.createFile(folder.resolve("file-" + i));
        }

        new CodeFolder(folder).keep("5f1c", CODE);

        assertThat(new CodeFolder(folder).find("5f1c")).isEmpty();
    }
}
