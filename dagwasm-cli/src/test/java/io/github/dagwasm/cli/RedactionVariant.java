package io.github.dagwasm.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The pipeline of the example redaction, with some of its lines replaced. Immutable. */
final class RedactionVariant {

    static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    /** The folder of the example. */
    static final Path EXAMPLE = ROOT.resolve("examples/redaction");

    /** The redactor. */
    static final Path REDACTOR = ROOT.resolve("wasm_modules/redact.wasm");

    private static final String FOLDER = "{{dagwasm.dir}}/inbox?";
    private static final String MODULE = "module: wasm_modules/redact.wasm";
    private static final String STATS = "module: wasm_modules/text_stats.wasm";
    private static final String STRATEGY = "failure_strategy: best_effort\n";
    private static final String REDACT = "  - id: redact\n";

    private final String yaml;

    private RedactionVariant(String yaml) {
        this.yaml = yaml;
    }

    static RedactionVariant example() {
        try {
            return new RedactionVariant(
                    Files.readString(EXAMPLE.resolve("redaction.dagwasm.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pipeline file. */
    String yaml() {
        return yaml;
    }

    /** Another redactor, under the pin of its own digest. */
    RedactionVariant redactingBy(StandInRedactor guest) {
        RedactionVariant pinned =
                replace(MODULE, "module: " + guest.name() + ".wasm")
                        .replace(digest(read(REDACTOR)), digest(guest.module().bytes()));
        return guest.options().contains("timeout_seconds")
                ? pinned.replace(StandInRedactor.USUAL, guest.options())
                        .replace("    timeout_seconds: 2\n", "")
                : guest.options().equals(StandInRedactor.USUAL)
                        ? pinned
                        : pinned.replace(StandInRedactor.USUAL, guest.options());
    }

    /** Another module where the redactor's is named, while the pin stays. */
    RedactionVariant naming(String module) {
        return replace(MODULE, "module: " + module);
    }

    RedactionVariant run(String strategy, String failureStrategy, int retries) {
        return replace(
                STRATEGY,
                "strategy: "
                        + strategy
                        + "\nfailure_strategy: "
                        + failureStrategy
                        + "\nexecutor_options: { retry_attempts: "
                        + retries
                        + " }\n");
    }

    /** Another module for the optional step behind the redactor. */
    RedactionVariant countingBy(String module) {
        return replace(STATS, "module: " + module);
    }

    /** One more optional step before the redactor. */
    RedactionVariant precededBy(String module) {
        return replace(
                REDACT,
                "  - { id: early, backend: wasm, module: "
                        + module
                        + " }\n"
                        + REDACT
                        + "    depends_on: [early]\n");
    }

    /** One more optional step beside the redactor, which sees the text as it came. */
    RedactionVariant besides(String module) {
        return replace(
                REDACT,
                "  - { id: beside, backend: wasm, module: "
                        + module
                        + ", options: { intent: analyze } }\n"
                        + REDACT);
    }

    /** An inbox of its own, beside those of other variants in the same folder. */
    RedactionVariant from(String inbox) {
        return replace(FOLDER, "{{dagwasm.dir}}/" + inbox + "?");
    }

    private RedactionVariant replace(String before, String after) {
        if (!yaml.contains(before)) {
            throw new IllegalStateException("the example has no '" + before + "' any more");
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
