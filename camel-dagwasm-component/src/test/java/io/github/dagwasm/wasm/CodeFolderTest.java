package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.engine.CodeStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A folder keeps code and gives back what it kept, or does without. */
class CodeFolderTest {

    private static final byte[] CODE = "code of a module".getBytes(StandardCharsets.UTF_8);
    private static final byte[] OTHER = "code of another".getBytes(StandardCharsets.UTF_8);
    private static final String KEY = "5f1c";

    @TempDir Path temp;

    private Path folder;
    private Path secret;
    private CodeStore store;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temp.resolve("code"));
        secret = temp.resolve("state/code.key");
        store = store();
    }

    private CodeStore store() {
        return CodeFolder.in(folder, secret, "build 1");
    }

    @Test
    void whatWasKeptIsFoundByAnother() {
        store.keep(KEY, CODE);

        assertThat(store().find(KEY)).hasValue(CODE);
        assertThat(store().find("5f1d")).isEmpty();
    }

    @Test
    void whatIsKeptAgainIsReplacedAndNothingIsLeftBeside() {
        store.keep(KEY, OTHER);
        store.keep(KEY, CODE);

        assertThat(store.find(KEY)).hasValue(CODE);
        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith(KEY));
    }

    @Test
    void codeOfOneModuleIsNoneOfAnother() throws IOException {
        store.keep(KEY, CODE);
        store.keep("5f1d", OTHER);
        byte[] code = Files.readAllBytes(folder.resolve(KEY));

        Files.copy(folder.resolve("5f1d"), folder.resolve("swap"));
        Files.write(folder.resolve("5f1d"), code);
        Files.delete(folder.resolve(KEY));
        Files.move(folder.resolve("swap"), folder.resolve(KEY));

        assertThat(store.find(KEY)).isEmpty();
        assertThat(store.find("5f1d")).isEmpty();
    }

    /** Neither the name nor the build can take a byte from its neighbour. */
    @Test
    void namesAndBuildsAreToldApartWhereverTheyEnd() {
        CodeFolder.in(folder, secret, "build 12").keep("345", CODE);

        assertThat(CodeFolder.in(folder, secret, "build 1").find("345")).isEmpty();
        assertThat(folder.resolve("345").toFile().renameTo(folder.resolve("2345").toFile()))
                .isTrue();
        assertThat(CodeFolder.in(folder, secret, "build 1").find("2345")).isEmpty();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("without its last byte", whole -> Arrays.copyOf(whole, whole.length - 1)),
                change("its seal alone", whole -> Arrays.copyOf(whole, CodeSeal.BYTES)),
                change("less than a seal", whole -> Arrays.copyOf(whole, CodeSeal.BYTES - 1)),
                change("nothing", whole -> new byte[0]),
                change("a byte more", whole -> Arrays.copyOf(whole, whole.length + 1)),
                change("no seal", whole -> CODE),
                change("a seal of zeroes", whole -> zeroes(whole)),
                change("a bit of the code", whole -> flipped(whole, whole.length - 1)),
                change("the first bit of the seal", whole -> flipped(whole, 0)),
                change("the last bit of the seal", whole -> flipped(whole, CodeSeal.BYTES - 1)));
    }

    private static Arguments change(String name, UnaryOperator<byte[]> change) {
        return Arguments.of(name, change);
    }

    private static byte[] zeroes(byte[] whole) {
        byte[] copy = whole.clone();
        Arrays.fill(copy, 0, CodeSeal.BYTES, (byte) 0);
        return copy;
    }

    private static byte[] flipped(byte[] whole, int at) {
        byte[] copy = whole.clone();
        copy[at] ^= 1;
        return copy;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void whatWasChangedIsNotFoundAndIsReplaced(String name, UnaryOperator<byte[]> change)
            throws IOException {
        store.keep(KEY, CODE);
        Path file = folder.resolve(KEY);
        Files.write(file, change.apply(Files.readAllBytes(file)));

        assertThat(store.find(KEY)).isEmpty();

        store.keep(KEY, CODE);
        assertThat(store.find(KEY)).hasValue(CODE);
    }

    @Test
    void whatWasSealedWithAnotherSecretIsNotFound() throws IOException {
        CodeFolder.in(folder, temp.resolve("stranger/code.key"), "build 1").keep(KEY, CODE);

        assertThat(store.find(KEY)).isEmpty();

        store.keep(KEY, CODE);
        Files.copy(temp.resolve("stranger/code.key"), secret, StandardCopyOption.REPLACE_EXISTING);
        assertThat(store().find(KEY)).isEmpty();
    }

    @Test
    void codeOfAnotherBuildIsNotFound() {
        store.keep(KEY, CODE);

        assertThat(CodeFolder.in(folder, secret, "build 2").find(KEY)).isEmpty();
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        store.keep("5f1d", CODE);
        Path elsewhere = temp.resolve("elsewhere");
        Files.write(elsewhere, OTHER);
        Files.createSymbolicLink(folder.resolve(KEY), elsewhere);

        assertThat(store.find(KEY)).isEmpty();
        store.keep(KEY, CODE);

        assertThat(store.find(KEY)).hasValue(CODE);
        assertThat(elsewhere).hasBinaryContent(OTHER);
    }

    /** A JVM of the command line has no heap to read any file into. */
    @Test
    void whatIsLongerThanAnyCodeIsNotRead() throws IOException {
        try (var file = new RandomAccessFile(folder.resolve(KEY).toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void aFolderInPlaceOfCodeIsNoError() throws IOException {
        Files.createDirectories(folder.resolve(KEY).resolve("inside"));

        assertThat(store.find(KEY)).isEmpty();
        store.keep(KEY, CODE);
        assertThat(store.find(KEY)).isEmpty();
    }

    @Test
    void aFolderThatIsAbsentIsNotMade() {
        Path absent = temp.resolve("absent");
        CodeStore nowhere = CodeFolder.in(absent, secret, "build 1");

        nowhere.keep(KEY, CODE);

        assertThat(absent).doesNotExist();
        assertThat(nowhere.find(KEY)).isEmpty();
    }

    @Test
    void aFolderThatIsFullKeepsNoMoreAndReplacesWhatItHas() throws IOException {
        store.keep(KEY, OTHER);
        for (int i = 0; i < CodeFolder.MOST_FILES; i++) {
            Files.createFile(folder.resolve("file-" + i));
        }

        store.keep(KEY, CODE);
        store.keep("5f1d", CODE);

        assertThat(store.find(KEY)).hasValue(CODE);
        assertThat(store.find("5f1d")).isEmpty();
    }

    @Test
    void withoutASecretNothingIsKept() throws IOException {
        Files.createFile(temp.resolve("file"));

        assertThat(CodeFolder.in(folder, temp.resolve("file/code.key"), "build 1"))
                .isSameAs(CodeStore.NONE);
        assertThat(CodeFolder.in(folder, Path.of("state/code.key"), "build 1"))
                .isSameAs(CodeStore.NONE);
    }
}
