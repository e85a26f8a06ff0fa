package io.github.dagwasm.benchmarks;

import io.github.dagwasm.benchmarks.Workers.ClassPath;
import io.github.dagwasm.benchmarks.worker.Convention;
import io.github.dagwasm.benchmarks.worker.StepsRoute;
import io.github.dagwasm.benchmarks.worker.Subject;
import io.github.dagwasm.benchmarks.worker.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/** What can be measured by itself and makes tables of its own. */
enum Part {
    /** What a call of a guest takes. */
    WASM {
        @Override
        List<Contest> contests(Effort effort, Workers workers) throws IOException {
            List<Contest> contests = new ArrayList<>();
            for (Work work : Work.values()) {
                contests.add(contest(effort, work.label(), REUSED, callsOf(effort, work, workers)));
            }
            return contests;
        }
    },
    /** What a guest's calling convention costs. */
    GUESTS {
        @Override
        List<Contest> contests(Effort effort, Workers workers) {
            return Stream.of(Work.APPEND, Work.MEBIBYTE)
                    .map(work -> conventions(effort, work, workers))
                    .toList();
        }
    },
    /** What the component adds to a route. */
    CAMEL {
        @Override
        List<Contest> contests(Effort effort, Workers workers) {
            return List.of(
                    routes(effort, Work.APPEND, workers),
                    routes(effort, Work.SHA256, workers),
                    steps(effort, "one local step", StepsRoute.ONE, workers),
                    steps(effort, "three steps", StepsRoute.THREE, workers));
        }
    },
    /** How late a guest that never ends is stopped. */
    DEADLINE {
        @Override
        List<Contest> contests(Effort effort, Workers workers) {
            return List.of(
                    endless(effort, SPIN, "spin", workers), endless(effort, FILL, "fill", workers));
        }
    },
    /** How this build's calls compare with those of another build. */
    COMPARE {
        @Override
        List<Contest> contests(Effort effort, Workers workers) {
            return Arrays.stream(Work.values())
                    .flatMap(work -> builds(effort, work, workers).stream())
                    .toList();
        }
    },
    /** What the executor adds to a loop. */
    EXECUTOR {
        @Override
        List<Contest> contests(Effort effort, Workers workers) {
            return List.of();
        }

        @Override
        Outcome measure(Effort effort, Workers workers) throws RunnerException {
            return new Outcome(ExecutorCases.measure(effort), Map.of());
        }
    };

    static final String JAVA = "plain Java";
    static final String FRESH = "Chicory, fresh";
    static final String REUSED = "Chicory, reused";
    static final String ISOLATED = "dagwasm";
    static final String METERED = "dagwasm, metered";
    static final String BEFORE = "before";
    static final String NOW = "now";
    static final String V8_REUSED = "V8, reused";

    static final String FRESH_COMMAND = "wasi: Chicory, fresh";

    static final String LAMBDA = "Java lambda";
    static final String DAGWASM = "dagwasm:wasm:";
    static final String CAMEL_WASM = "camel-wasm 4.17.0";

    static final String CLOCK = "Java loop that reads the clock";
    static final String SPIN = "endless loop";
    static final String FILL = "endless fills of 64 MiB";

    abstract List<Contest> contests(Effort effort, Workers workers) throws IOException;

    /** Measures everything that belongs to it. */
    Outcome measure(Effort effort, Workers workers) throws IOException, RunnerException {
        Outcome outcome = Outcome.NONE;
        for (Contest contest : contests(effort, workers)) {
            outcome = outcome.and(contest.hold(workers));
        }
        return outcome;
    }

    /** The name on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The parts that somebody named; without a name all but {@link #COMPARE}. */
    static List<Part> named(Set<String> words) {
        List<Part> named =
                Arrays.stream(values()).filter(part -> words.contains(part.key())).toList();
        return named.isEmpty() ? List.copyOf(EnumSet.complementOf(EnumSet.of(COMPARE))) : named;
    }

    /** With one thread and with two. */
    private static Contest contest(
            Effort effort, String label, String floor, List<Entrant> entrants) {
        return new Contest(
                label,
                floor,
                entrants,
                List.of(1, 2),
                effort.generations(),
                effort.rounds(),
                TimeUnit.SECONDS.toNanos(effort.roundsSeconds()),
                TimeUnit.MILLISECONDS.toNanos(effort.sliceMillis()));
    }

    /** One run at a time, which lasts as long as its deadline lets it. */
    private static Contest endless(Effort effort, String label, String function, Workers workers) {
        return new Contest(
                label,
                ISOLATED,
                List.of(
                        workers.inJvm(ISOLATED, ClassPath.OWN, Subject.ENDLESS, function),
                        workers.inJvm(CLOCK, ClassPath.OWN, Subject.CLOCK, function)),
                List.of(1),
                1,
                effort.deadlines(),
                Long.MAX_VALUE,
                1);
    }

    private static List<Entrant> callsOf(Effort effort, Work work, Workers workers)
            throws IOException {
        String detail = work.name();
        List<Entrant> entrants = new ArrayList<>();
        entrants.add(workers.inJvm(JAVA, ClassPath.OWN, Subject.PLAIN_JAVA, detail));
        entrants.add(workers.inJvm(REUSED, ClassPath.OWN, Subject.CHICORY_REUSED, detail));
        entrants.add(workers.inJvm(FRESH, ClassPath.OWN, Subject.CHICORY_FRESH, detail));
        entrants.add(workers.inJvm(ISOLATED, ClassPath.OWN, Subject.DAGWASM, detail));
        entrants.add(workers.inJvm(METERED, ClassPath.OWN, Subject.DAGWASM_METERED, detail));
        entrants.add(
                workers.inJvm("Extism, reused", ClassPath.EXTISM, Subject.EXTISM_REUSED, detail));
        // A tenth of a second for each call of the larger works.
        if (effort == Effort.FULL || work == Work.APPEND) {
            entrants.add(
                    workers.inJvm("Extism, fresh", ClassPath.EXTISM, Subject.EXTISM_FRESH, detail));
        }
        entrants.add(workers.inNode(V8_REUSED, "reused", work));
        entrants.add(workers.inNode("V8, fresh", "fresh", work));
        return entrants;
    }

    private static List<Contest> builds(Effort effort, Work work, Workers workers) {
        return List.of(
                builds(effort, work.label(), Subject.DAGWASM, work, workers),
                builds(effort, work.label() + ", metered", Subject.DAGWASM_METERED, work, workers));
    }

    private static Contest builds(
            Effort effort, String label, Subject subject, Work work, Workers workers) {
        String detail = work.name();
        return contest(
                effort,
                label,
                BEFORE,
                List.of(
                        workers.inJvm(BEFORE, ClassPath.BEFORE, subject, detail),
                        workers.inJvm(NOW, ClassPath.OWN, subject, detail)));
    }

    private static Contest conventions(Effort effort, Work work, Workers workers) {
        List<Entrant> entrants = new ArrayList<>();
        for (Convention convention : Convention.values()) {
            entrants.add(
                    workers.inJvm(
                            convention.label(),
                            ClassPath.OWN,
                            Subject.DAGWASM_CONVENTION,
                            convention.name() + " " + work.name()));
        }
        entrants.add(
                workers.inJvm(FRESH_COMMAND, ClassPath.OWN, Subject.COMMAND_FRESH, work.name()));
        return contest(effort, work.label(), Convention.CSTRING.label(), entrants);
    }

    private static Contest routes(Effort effort, Work work, Workers workers) {
        String detail = work.name();
        return contest(
                effort,
                work.label(),
                LAMBDA,
                List.of(
                        workers.inJvm(LAMBDA, ClassPath.OWN, Subject.CAMEL_LAMBDA, detail),
                        workers.inJvm(DAGWASM, ClassPath.OWN, Subject.CAMEL_DAGWASM, detail),
                        workers.inJvm(
                                "dagwasm:wasm:, metered",
                                ClassPath.OWN,
                                Subject.CAMEL_DAGWASM_METERED,
                                detail),
                        workers.inJvm(
                                CAMEL_WASM, ClassPath.CAMEL_WASM, Subject.CAMEL_WASM, detail)));
    }

    private static Contest steps(
            Effort effort, String label, List<StepsRoute> routes, Workers workers) {
        return contest(
                effort,
                label,
                routes.get(0).label(),
                routes.stream()
                        .map(
                                route ->
                                        workers.inJvm(
                                                route.label(),
                                                ClassPath.OWN,
                                                Subject.CAMEL_STEPS,
                                                route.name()))
                        .toList());
    }
}
