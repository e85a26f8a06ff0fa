package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.StandInRedactor.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.cli.ServedFolder.Answer;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The example redaction, served, with guests in place of its redactor that fail in every way:
 * nothing is in the outbox, the file is in failed as it was, and the number is in no reason and in
 * nothing that is printed. Each guest has a route and an inbox of its own.
 */
class RedactionIT extends ServeFixture {

    private static final String LETTER = "Card " + SECRET + ".\n";
    private static final String REDACTED = "Card [card].\n";
    private static final String FOOTER = "-- redacted and counted\n";
    private static final String REASON = ".reason.txt";
    private static final List<String> FAILURE_STRATEGIES =
            List.of("best_effort", "continue_on_error", "fail_fast");
    private static final List<String> STRATEGIES = List.of("work_queue", "level", "reactive");

    /** Reasons by the file that failed. */
    private final Map<String, String> expected = new LinkedHashMap<>();

    /** What was dropped, by its name. */
    private final Map<String, byte[]> dropped = new LinkedHashMap<>();

    @BeforeEach
    void copyTheErrorHandling() throws IOException {
        Files.copy(
                RedactionVariant.EXAMPLE.resolve("errors.camel.yaml"),
                folder.resolve("errors.camel.yaml"));
        TestModule.write(folder.resolve(RedactionVariant.BROKEN), TestModules.trap());
    }

    @Tag("ci")
    @Test
    void whateverFailsNoTextGetsOutUnredacted() throws Exception {
        int turn = 0;
        for (StandInRedactor guest : StandInRedactor.all()) {
            TestModule.write(folder.resolve(guest.name() + ".wasm"), guest.module().bytes());
            for (String failures : FAILURE_STRATEGIES) {
                String strategy = STRATEGIES.get(turn++ % STRATEGIES.size());
                String name = guest.name() + "-" + failures;
                route(
                        name,
                        RedactionVariant.example()
                                .redactedBy(guest)
                                .run(strategy, failures, turn % 2));
                drop(name, LETTER.getBytes(StandardCharsets.UTF_8));
                expected.put(
                        name, "processor 'redact' (" + guest.name() + ".wasm): " + guest.failure());
            }
        }
        byte[] malformed = LETTER.getBytes(StandardCharsets.UTF_8);
        malformed[0] = (byte) 0xff;
        route("malformed-input", RedactionVariant.example());
        drop("malformed-input", malformed);
        expected.put("malformed-input", "the input: malformed UTF-8 at byte 0 (0xff)");
        route("long-input", RedactionVariant.example());
        drop("long-input", LETTER.repeat(50_000).getBytes(StandardCharsets.UTF_8));
        expected.put(
                "long-input",
                "the input: the limit of 1048576 input bytes is exceeded (option max_input_bytes)");

        Answer answer = served();

        assertThat(names("outbox")).isEmpty();
        assertFailed();
        assertThat(answer.out() + answer.err()).doesNotContain(SECRET);
        assertThat(answer.out()).endsWith("\nstopped: 0 done, " + expected.size() + " failed\n");
        assertThat(answer.err().lines().filter(line -> line.startsWith("failed, handled: ")))
                .containsExactlyInAnyOrderElementsOf(
                        expected.keySet().stream()
                                .map(
                                        name ->
                                                "failed, handled: route "
                                                        + name
                                                        + ", file "
                                                        + name
                                                        + ".txt: "
                                                        + reason(name))
                                .toList());
    }

    @Test
    void anOptionalStepThatFailsLeavesTheRedactedText() throws Exception {
        byte[] letter = LETTER.getBytes(StandardCharsets.UTF_8);
        route("whole", RedactionVariant.example());
        drop("whole", letter);
        route("after", RedactionVariant.example().brokenAfter());
        drop("after", letter);
        route("beside", RedactionVariant.example().brokenBeside());
        drop("beside", letter);
        route("before", RedactionVariant.example().brokenBefore());
        drop("before", letter);
        expected.put(
                "before",
                "processor 'early' (broken.wasm): the guest trapped: Trapped on unreachable"
                        + " instruction; processor 'redact' (wasm_modules/redact.wasm): skipped, but"
                        + " required");

        Answer answer = served();

        assertThat(names("outbox"))
                .containsExactlyInAnyOrder("whole.txt", "after.txt", "beside.txt");
        assertThat(folder.resolve("outbox/whole.txt")).hasContent(REDACTED + FOOTER);
        assertThat(folder.resolve("outbox/beside.txt")).hasContent(REDACTED + FOOTER);
        assertThat(folder.resolve("outbox/after.txt")).hasContent(REDACTED);
        assertFailed();
        assertThat(answer.out() + answer.err()).doesNotContain(SECRET);
        assertThat(answer.out()).endsWith("\nstopped: 3 done, 1 failed\n");
    }

    @Test
    void withAnotherRedactorThanThePinnedOneNothingIsServed() throws Exception {
        TestModule.write(folder.resolve("other.wasm"), TestModules.echo());
        route("redaction", RedactionVariant.example().naming("other.wasm"));
        drop("redaction", LETTER.getBytes(StandardCharsets.UTF_8));

        assertRefused(
                refused(),
                "my shop, v1.2/redaction.dagwasm.yaml:27:13: processors[0].module: processor 'redact'"
                        + " (other.wasm): its sha256 is"
                        + " 3a0bc4aa2de82112ee467b1d94bfeb119766f855389eec0980af84573890441b, but"
                        + " pinned is"
                        + " "
                        + RedactionVariant.PIN);
        assertUntouched();
    }

    @Test
    void withoutTheRedactorNothingIsServed() throws Exception {
        route("redaction", RedactionVariant.example().naming("missing.wasm"));
        drop("redaction", LETTER.getBytes(StandardCharsets.UTF_8));

        assertRefused(
                refused(),
                "my shop, v1.2/redaction.dagwasm.yaml:27:13: processors[0].module: processor 'redact'"
                        + " (missing.wasm): not found: neither beside the pipeline file ("
                        + folder.resolve("missing.wasm")
                        + ") nor in the working directory ("
                        + parent.resolve("missing.wasm")
                        + ") nor on the class path");
        assertUntouched();
    }

    private void assertUntouched() throws IOException {
        assertThat(names("outbox")).isEmpty();
        assertThat(names("failed")).isEmpty();
        assertThat(folder.resolve("inbox-redaction/redaction.txt")).hasContent(LETTER);
    }

    /** Serves until all that was dropped has come out somewhere. */
    private Answer served() throws Exception {
        try (ServedFolder served = ServedFolder.ready(folder, "--verbose")) {
            await().atMost(SOON).until(() -> arrived() == dropped.size());
            return served.stop();
        }
    }

    private long arrived() throws IOException {
        return names("outbox").size()
                + names("failed").stream().filter(name -> !name.endsWith(REASON)).count();
    }

    private void assertFailed() throws IOException {
        assertThat(names("failed"))
                .containsExactlyInAnyOrderElementsOf(
                        expected.keySet().stream()
                                .flatMap(name -> Stream.of(name + ".txt", name + ".txt" + REASON))
                                .toList());
        for (String name : expected.keySet()) {
            assertThat(folder.resolve("failed/" + name + ".txt"))
                    .hasBinaryContent(dropped.get(name));
            assertThat(folder.resolve("failed/" + name + ".txt" + REASON)).hasContent(reason(name));
        }
    }

    private String reason(String name) {
        return "pipeline '" + name + "': " + expected.get(name);
    }

    private void route(String name, RedactionVariant variant) throws IOException {
        write(name + ".dagwasm.yaml", variant.from("inbox-" + name).yaml());
    }

    private void drop(String name, byte[] content) throws IOException {
        dropped.put(name, content);
        TestModule.write(folder.resolve("inbox-" + name + "/" + name + ".txt"), content);
    }

    private List<String> names(String box) throws IOException {
        Path path = folder.resolve(box);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return new ArrayList<>(files.map(file -> file.getFileName().toString()).toList());
        }
    }
}
