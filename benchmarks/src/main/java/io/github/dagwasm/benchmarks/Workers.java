package io.github.dagwasm.benchmarks;

import io.github.dagwasm.benchmarks.worker.Subject;
import io.github.dagwasm.benchmarks.worker.Work;
import io.github.dagwasm.benchmarks.worker.Worker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Starts workers, each on the class path of what it measures.
 *
 * @param folder the folder {@code benchmarks}, built
 * @param warmUpMillis how long a worker has a processor before the first round
 */
record Workers(Path folder, long warmUpMillis) {

    /** Whose class path a worker has. */
    enum ClassPath {
        /** dagwasm's, with its Camel and its Chicory. */
        OWN,
        /** That of another build of dagwasm, workers included. */
        BEFORE,
        /** camel-wasm's. */
        CAMEL_WASM,
        /** Extism's. */
        EXTISM
    }

    private static final String NODE = "node";

    /**
     * There is much code to compile: a worker waits for its JIT compiler, which else would compete
     * with what is measured long after.
     */
    private static final List<String> JVM =
            List.of(
                    "-Xbatch",
                    "-Xmx1g",
                    "-XX:CompileCommand=quiet",
                    "-XX:CompileCommand=dontinline,io/github/dagwasm/benchmarks/worker/Sink.*");

    Entrant inJvm(String label, ClassPath path, Subject subject, String detail) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", of(path), Worker.class.getName(), subject.name(), detail));
        return new Entrant(label, command);
    }

    /** V8 by way of Node.js. */
    Entrant inNode(String label, String mode, Work work) throws IOException {
        Path texts = Files.createDirectories(target().resolve("texts"));
        String name = work.name().toLowerCase(Locale.ROOT);
        return new Entrant(
                label,
                List.of(
                        NODE,
                        folder.resolve("peers/v8/worker.mjs").toString(),
                        folder.resolve("guests/cstring.wasm").toString(),
                        work.function(),
                        mode,
                        Files.writeString(texts.resolve(name + ".in"), work.input()).toString(),
                        Files.writeString(texts.resolve(name + ".out"), work.expected())
                                .toString()));
    }

    /** Starts a worker, which warms up while others start. */
    WorkerProcess start(Entrant entrant) throws IOException {
        Path log =
                Files.createDirectories(target().resolve("workers"))
                        .resolve(entrant.label().replaceAll("[^A-Za-z0-9]+", "-") + ".log");
        Process process;
        try {
            process = new ProcessBuilder(entrant.command()).redirectError(log.toFile()).start();
        } catch (IOException e) {
            if (entrant.command().get(0).equals(NODE)) {
                return WorkerProcess.absent(entrant.label(), "there is no " + NODE + " here");
            }
            throw e;
        }
        return WorkerProcess.started(entrant.label(), log, process, warmUpMillis);
    }

    private Path target() {
        return folder.resolve("target");
    }

    /** The workers' own jar comes first, then the libraries to measure. */
    private String of(ClassPath path) {
        return switch (path) {
            case OWN -> jars(target(), target().resolve("benchmarks/lib"));
            case BEFORE -> jars(before(), before().resolve("benchmarks/lib"));
            case CAMEL_WASM -> jars(target(), folder.resolve("peers/camel-wasm/target/lib"));
            case EXTISM -> jars(target(), folder.resolve("peers/extism/target/lib"));
        };
    }

    private static String jars(Path built, Path libraries) {
        String all = File.separator + "*";
        return built.resolve("benchmarks") + all + File.pathSeparator + libraries + all;
    }

    private static Path before() {
        return Path.of(System.getProperty("benchmarks.before"), "target");
    }
}
