package io.github.dagwasm.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The pipeline file of the example redaction with some of its lines replaced. Immutable. */
final class RedactionVariant {

    /** The folder of the example. */
    static final Path EXAMPLE =
            Path.of(System.getProperty("basedir", ""))
                    .toAbsolutePath()
                    .getParent()
                    .resolve("examples/redaction");

    /** The redactor. */
    static final Path REDACTOR = EXAMPLE.resolve("../../wasm_modules/redact.wasm").normalize();

    /** Its digest, which the example pins it by. */
    static final String PIN = digest(read(REDACTOR));

    /** A guest that traps, of the calling convention cstring, in the pipeline's folder. */
    static final String BROKEN = "broken.wasm";

    private static final String INBOX = "/inbox?";
    private static final String MODULE = "module: wasm_modules/redact.wasm";
    private static final String OPTIONS = "options: { abi: buffer }\n";
    private static final String TIMEOUT = "    timeout_seconds: 2\n";
    private static final String STATS = "module: wasm_modules/text_stats.wasm";
    private static final String STRATEGY = "failure_strategy: best_effort\n";
    private static final String REDACT = "  - id: redact\n";

    private final String yaml;

    private RedactionVariant(String yaml) {
        this.yaml = yaml;
    }

    /** The example as it is. */
    static RedactionVariant example() {
        byte[] yaml = read(EXAMPLE.resolve("redaction.dagwasm.yaml"));
        return new RedactionVariant(new String(yaml, StandardCharsets.UTF_8));
    }

    /** The pipeline file. */
    String yaml() {
        return yaml;
    }

    /** Another redactor, pinned by its own digest. */
    RedactionVariant redactedBy(StandInRedactor guest) {
        return naming(guest.name() + ".wasm")
                .with(PIN, digest(guest.module().bytes()))
                .with(TIMEOUT, "")
                .with(OPTIONS, guest.options() + "\n");
    }

    /** Another redactor, under the pin of the one that is meant. */
    RedactionVariant naming(String module) {
        return with(MODULE, "module: " + module);
    }

    RedactionVariant run(String strategy, String failureStrategy, int retries) {
        return with(
                STRATEGY,
                """
                strategy: %s
                failure_strategy: %s
                executor_options: { retry_attempts: %d }
                """
                        .formatted(strategy, failureStrategy, retries));
    }

    /** The optional step behind the redactor fails. */
    RedactionVariant brokenAfter() {
        return with(STATS, "module: " + BROKEN);
    }

    /** An optional step stands before the redactor, and fails. */
    RedactionVariant brokenBefore() {
        return preceded("backend: wasm, module: " + BROKEN);
    }

    /** An optional step beside the redactor, which sees the text as it came, fails. */
    RedactionVariant brokenBeside() {
        return accompanied("backend: wasm, module: " + BROKEN + ", options: { intent: analyze }");
    }

    /** An optional step before the redactor has a text that is not redacted. */
    RedactionVariant workingBefore() {
        return preceded("backend: local, impl: change_text_case_lower");
    }

    /** So has an optional step beside the redactor. */
    RedactionVariant workingBeside() {
        return accompanied("backend: local, impl: token_counter");
    }

    private RedactionVariant preceded(String step) {
        String before = "  - { id: early, " + step + " }\n";
        return with(REDACT, before + REDACT + "    depends_on: [early]\n");
    }

    private RedactionVariant accompanied(String step) {
        return with(REDACT, "  - { id: beside, " + step + " }\n" + REDACT);
    }

    /** An inbox of its own, so that several may be served in one folder. */
    RedactionVariant from(String inbox) {
        return with(INBOX, "/" + inbox + "?");
    }

    RedactionVariant with(String before, String after) {
        if (!yaml.contains(before)) {
            throw new IllegalStateException("the example has no '" + before + "'");
        }
        return new RedactionVariant(yaml.replace(before, after));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
