package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.local.GatedFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example file-drop, killed at random moments while files are dropped: before each kill comes a
 * file that the process cannot end. {@code -Ddagwasm.drop.files}, {@code -Ddagwasm.drop.kills} and
 * {@code -Ddagwasm.drop.seed} make it larger or another one.
 */
class FileDropIT {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final int FILES = Integer.getInteger("dagwasm.drop.files", 600);
    private static final int KILLS = Integer.getInteger("dagwasm.drop.kills", 3);
    private static final long SEED = Long.getLong("dagwasm.drop.seed", 20261123);

    private static final String REASON = ".reason.txt";

    /** The reasons of files whose names are too long for that. */
    private static final String REASONS = ".reasons";

    /** A file's name has 255 bytes at most. */
    private static final int LONGEST_NAME = 255 - REASON.length();

    private static final int LONGEST = 64 << 10;
    private static final int MOST_MILLIS_AFTER = 50;
    private static final int ONE_IN_MALFORMED = 20;
    private static final String MALFORMED =
            "pipeline 'file-drop': the input: malformed UTF-8 at byte 0 (0xff)";
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, byte[]> dropped = new LinkedHashMap<>();
    private final Set<String> seen = new HashSet<>();
    private Process process;

    @BeforeEach
    void copyTheExample() throws IOException {
        Path example = ROOT.resolve("examples/file-drop");
        for (String file : List.of("file-drop.dagwasm.yaml", "errors.camel.yaml")) {
            Files.copy(example.resolve(file), folder.resolve(file));
        }
        Files.createDirectories(folder.resolve("inbox"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Tag("ci")
    @Test
    void everyFileArrivesOnceAndWholeHoweverOftenTheProcessIsKilled() throws Exception {
        GatedFolder gate = GatedFolder.of(folder, "file-drop.dagwasm.yaml");
        for (int kill = 0; kill <= KILLS; kill++) {
            int share = FILES / (KILLS + 1) + (kill == 0 ? FILES % (KILLS + 1) : 0);
            drop(share / 2);
            serve();
            drop(share - share / 2);
            if (kill < KILLS) {
                workUntil(dropped.size() - random.nextInt(share));
                killAtAHeldFile(gate, kill % 2 == 1);
            }
        }
        workUntil(dropped.size());
        await().atMost(PATIENCE).until(() -> names("inbox").isEmpty());
        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).as("it stops").isTrue();
        assertThat(process.exitValue()).isZero();
        look();
        Map<String, byte[]> expected = new LinkedHashMap<>(dropped);
        List<String> failed = new ArrayList<>();
        expected.forEach(
                (name, bytes) -> failed.addAll(malformed(bytes) ? List.of(name) : List.of()));
        assertThat(names("outbox")).doesNotContainAnyElementsOf(failed);
        assertThat(names("outbox")).hasSize(dropped.size() - failed.size());
        assertFailed(failed);
    }

    /** Kills the process while it holds a file, or at a random moment after the file has come. */
    private void killAtAHeldFile(GatedFolder gate, boolean reached) throws Exception {
        String held = gate.newText();
        drop(held, held.getBytes(StandardCharsets.UTF_8));
        TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_MILLIS_AFTER));
        if (reached) {
            await().atMost(PATIENCE).until(() -> gate.isReached(held));
        }
        process.destroyForcibly().waitFor();
        assertThat(names("inbox")).as("left at the kill").contains(held);
        gate.open(held);
    }

    @Test
    void whateverItsNameAFileReplacesNoOtherOne() throws Exception {
        List<String> malformed = List.of("a.txt", "failed", "l".repeat(LONGEST_NAME));
        for (String name : malformed) {
            drop(name, new byte[] {(byte) 0xff, (byte) name.length()});
        }
        List<String> good = List.of("empty", " a", "a ", "${body}", "{{a}}", "a%20b?c=d", "ü");
        for (String name : good) {
            drop(name, name.equals("empty") ? new byte[0] : name.getBytes(StandardCharsets.UTF_8));
        }
        Set<String> untouched = Set.of("a.camelLock", "a.txt.reason.txt");
        for (String name : untouched) {
            drop(name, new byte[] {(byte) 0xff});
        }

        serve();
        workUntil(malformed.size() + good.size());
        await().atMost(PATIENCE).until(() -> names("inbox").equals(untouched));

        assertThat(names("outbox")).containsExactlyInAnyOrderElementsOf(good);
        assertFailed(malformed);
    }

    @Test
    void aFileWhoseNameLeavesNoRoomForTheReasonsHasItsReasonToo() throws Exception {
        List<String> names = List.of("l".repeat(LONGEST_NAME + 1), "ü".repeat(127), "€".repeat(82));
        for (String name : names) {
            drop(name, new byte[] {(byte) 0xff});
        }

        serve();
        workUntil(names.size());

        assertThat(names("failed")).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(folder.resolve("failed").resolve(REASONS).resolve(name))
                    .hasContent(MALFORMED);
        }
        assertThat(names("outbox")).isEmpty();
    }

    private void assertFailed(List<String> failed) throws IOException {
        assertThat(names("failed"))
                .containsExactlyInAnyOrderElementsOf(
                        failed.stream().flatMap(n -> Stream.of(n, n + REASON)).toList());
        for (String name : failed) {
            assertThat(folder.resolve("failed").resolve(name + REASON)).hasContent(MALFORMED);
        }
    }

    /** Half of the files are written in place, half are moved there when they are whole. */
    private void drop(int files) throws IOException {
        for (int i = 0; i < files; i++) {
            String name = "file-" + dropped.size() + ".txt";
            byte[] bytes = content();
            if (random.nextBoolean()) {
                drop(name, bytes);
            } else {
                dropped.put(name, bytes);
                Path hidden = folder.resolve("inbox").resolve("." + name);
                Files.write(hidden, bytes);
                Files.move(hidden, hidden.resolveSibling(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private void drop(String name, byte[] bytes) throws IOException {
        dropped.put(name, bytes);
        Files.write(folder.resolve("inbox").resolve(name), bytes);
    }

    private byte[] content() {
        byte[] bytes = new byte[random.nextInt(LONGEST)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('A' + random.nextInt(26));
        }
        if (bytes.length > 0 && random.nextInt(ONE_IN_MALFORMED) == 0) {
            bytes[0] = (byte) 0xff;
        }
        return bytes;
    }

    private static boolean malformed(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == (byte) 0xff;
    }

    private void serve() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(ROOT.resolve("dagwasm").toString(), "serve", folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("serve.log").toFile()));
        builder.environment().put("DAGWASM_CLASSPATH", GatedFolder.classes().toString());
        process = builder.start();
    }

    private void workUntil(int arrivals) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> {
                            assertThat(process.isAlive()).as("it serves").isTrue();
                            look();
                            return arrived() >= arrivals;
                        });
    }

    private int arrived() throws IOException {
        return names("outbox").size()
                + (int) names("failed").stream().filter(n -> !n.endsWith(REASON)).count();
    }

    /**
     * Whatever can be seen is whole, from the first moment that it can be seen; beside a file that
     * failed there is its reason.
     */
    private void look() throws IOException {
        for (String box : List.of("outbox", "failed")) {
            for (String name : names(box)) {
                if (!name.endsWith(REASON) && seen.add(box + "/" + name)) {
                    requireWhole(box, name);
                }
            }
        }
    }

    private void requireWhole(String box, String name) throws IOException {
        byte[] input = dropped.get(name);
        byte[] found;
        try {
            found = Files.readAllBytes(folder.resolve(box).resolve(name));
        } catch (NoSuchFileException e) {
            // A try that was killed before it deleted its input is made again.
            seen.remove(box + "/" + name);
            return;
        }
        byte[] expected =
                box.equals("failed")
                        ? input
                        : (new String(input, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT)
                                        + "-wasm")
                                .getBytes(StandardCharsets.UTF_8);
        assertThat(Arrays.equals(found, expected)).as("%s/%s is whole", box, name).isTrue();
        if (box.equals("failed")) {
            assertThat(reasonOf(name)).hasContent(MALFORMED);
        }
    }

    private Path reasonOf(String name) {
        boolean hasRoom = name.matches("\\p{ASCII}{1," + LONGEST_NAME + "}|.{1,81}");
        return folder.resolve("failed").resolve(hasRoom ? name + REASON : REASONS + "/" + name);
    }

    private Set<String> names(String box) throws IOException {
        Path path = folder.resolve(box);
        if (!Files.isDirectory(path)) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.list(path)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(REASONS))
                    .forEach(names::add);
        }
        return names;
    }
}
