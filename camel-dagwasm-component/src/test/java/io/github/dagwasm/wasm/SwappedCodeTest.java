package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.TextProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pinned module runs its own code, whatever lies in the folder of kept code. */
class SwappedCodeTest {

    private static final byte[] GOOD = TestModules.guest("evil", Code.code().get(0)).bytes();
    private static final byte[] EVIL =
            TestModules.guest("evil", Code.code().i32(TestModules.TEXT)).bytes();

    @TempDir Path temp;

    private Path folder;
    private Path secret;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temp.resolve("code"));
        secret = temp.resolve("state/code.key");
    }

    private String answer(byte[] module) throws Exception {
        Path file = TestModule.write(temp.resolve("guest.wasm"), module);
        Map<String, Object> pinned = Map.of("sha256", ModuleFile.of("", module).sha256());
        try (WasmBackend backend = WasmBackend.keepingCodeIn(folder, secret, "build");
                PipelineProcessor processor =
                        backend.create(Calls.definition(file, pinned, Map.of(), Map.of()))) {
            return ((TextProcessor) processor).process(Calls.with("good")).text().string();
        }
    }

    private Path kept(byte[] module) {
        return folder.resolve(ModuleFile.of("", module).sha256());
    }

    @Test
    void codeThatWasSwappedNeverRuns() throws Exception {
        answer(GOOD);
        answer(EVIL);
        byte[] ofGood = Files.readAllBytes(kept(GOOD));
        byte[] ofEvil = Files.readAllBytes(kept(EVIL));
        Files.write(kept(GOOD), ofEvil);
        Files.write(kept(EVIL), ofGood);

        assertThat(answer(GOOD)).isEqualTo("good");
        assertThat(answer(EVIL)).isEqualTo("evil");

        assertThat(kept(GOOD)).hasBinaryContent(ofGood);
        assertThat(kept(EVIL)).hasBinaryContent(ofEvil);
    }

    @Test
    void codeOfAnotherUserNeverRuns() throws Exception {
        answer(GOOD);
        Path ours = secret;
        secret = temp.resolve("stranger/code.key");
        answer(EVIL);
        reseal();
        secret = ours;

        assertThat(answer(GOOD)).isEqualTo("good");
    }

    /** So these tests would notice code that is used; and that is where the promise ends. */
    @Test
    void whoHasTheSecretDecidesWhatRuns() throws Exception {
        answer(GOOD);
        answer(EVIL);
        reseal();

        assertThat(answer(GOOD)).isEqualTo("evil");
    }

    /** Seals the code of the one module for the other. */
    private void reseal() throws IOException {
        byte[] whole = Files.readAllBytes(kept(EVIL));
        byte[] code = Arrays.copyOfRange(whole, CodeSeal.BYTES, whole.length);
        CodeSeal seal = new CodeSeal(Files.readAllBytes(secret), "build");
        Files.write(kept(GOOD), seal.on(ModuleFile.of("", GOOD).sha256(), code));
    }

    @Test
    void codeInTheFormOfAnOlderBuildNeverRuns() throws Exception {
        answer(GOOD);
        answer(EVIL);
        byte[] whole = Files.readAllBytes(kept(EVIL));
        Files.write(kept(GOOD), Arrays.copyOfRange(whole, CodeSeal.BYTES, whole.length));

        assertThat(answer(GOOD)).isEqualTo("good");
    }

    @Test
    void aLinkToTheCodeOfAnotherModuleLeadsNowhere() throws Exception {
        answer(GOOD);
        answer(EVIL);
        Files.delete(kept(GOOD));
        Files.createSymbolicLink(kept(GOOD), kept(EVIL));

        assertThat(answer(GOOD)).isEqualTo("good");
        assertThat(answer(EVIL)).isEqualTo("evil");

        Files.delete(kept(GOOD));
        Files.createLink(kept(GOOD), kept(EVIL));
        assertThat(answer(GOOD)).isEqualTo("good");
        assertThat(answer(EVIL)).isEqualTo("evil");
    }

    @Test
    void whereTheSecretIsLostCodeIsCompiledAnew() throws Exception {
        answer(GOOD);
        byte[] before = Files.readAllBytes(kept(GOOD));
        Files.copy(
                Files.write(temp.resolve("zeroes"), new byte[UserSecret.BYTES]),
                secret,
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(answer(GOOD)).isEqualTo("good");
        assertThat(Files.readAllBytes(kept(GOOD))).isNotEqualTo(before);
    }
}
