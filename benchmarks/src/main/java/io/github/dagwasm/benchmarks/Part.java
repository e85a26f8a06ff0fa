package io.github.dagwasm.benchmarks;

import io.github.dagwasm.benchmarks.Workers.ClassPath;
import io.github.dagwasm.benchmarks.worker.StepsRoute;
import io.github.dagwasm.benchmarks.worker.Subject;
import io.github.dagwasm.benchmarks.worker.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.RunnerException;

/** What can be measured by itself and makes tables of its own. */
enum Part {
    /** What a call of a guest takes. */
    WASM {
        @Override
        Outcome measure(Effort effort, Workers workers) throws IOException {
            Outcome outcome = Outcome.NONE;
            for (Work work : Work.values()) {
                Contest contest =
                        contest(effort, work.label(), REUSED, callsOf(effort, work, workers), BOTH);
                outcome = outcome.and(contest.hold(workers));
            }
            return outcome;
        }
    },
    /** What the component adds to a route. */
    CAMEL {
        @Override
        Outcome measure(Effort effort, Workers workers) throws IOException {
            Outcome outcome = Outcome.NONE;
            for (Work work : List.of(Work.APPEND, Work.SHA256)) {
                Contest contest =
                        contest(effort, work.label(), LAMBDA, routesOf(work, workers), BOTH);
                outcome = outcome.and(contest.hold(workers));
            }
            for (List<StepsRoute> routes : List.of(StepsRoute.ONE, StepsRoute.THREE)) {
                String label = routes.size() == StepsRoute.ONE.size() ? ONE_STEP : THREE_STEPS;
                outcome =
                        outcome.and(
                                contest(
                                                effort,
                                                label,
                                                routes.get(0).label(),
                                                stepsOf(routes, workers),
                                                BOTH)
                                        .hold(workers));
            }
            return outcome;
        }
    },
    /** How late a guest that never ends is stopped. */
    DEADLINE {
        @Override
        Outcome measure(Effort effort, Workers workers) throws IOException {
            Workers shortly = new Workers(workers.folder(), ENDLESS_WARM_UP_MILLIS);
            Outcome outcome = Outcome.NONE;
            for (String function : List.of("spin", "fill")) {
                Entrant endless = shortly.inJvm(ISOLATED, ClassPath.OWN, Subject.ENDLESS, function);
                Contest contest =
                        new Contest(
                                function.equals("spin") ? SPIN : FILL,
                                ISOLATED,
                                List.of(
                                        endless,
                                        shortly.inJvm(
                                                CLOCK, ClassPath.OWN, Subject.CLOCK, function)),
                                List.of(1),
                                1,
                                effort.deadlines(),
                                Long.MAX_VALUE,
                                1);
                outcome = outcome.and(contest.hold(shortly));
            }
            return outcome;
        }
    },
    /** What the executor adds to a loop. */
    EXECUTOR {
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
    static final String V8_REUSED = "V8, reused";

    static final String LAMBDA = "Java lambda";
    static final String DAGWASM = "dagwasm:wasm:";
    static final String CAMEL_WASM = "camel-wasm 4.17.0";

    static final String CLOCK = "Java loop that reads the clock";
    static final String SPIN = "endless loop";
    static final String FILL = "endless fills of 64 MiB";

    private static final String ONE_STEP = "one local step";
    private static final String THREE_STEPS = "three steps";

    private static final List<Integer> BOTH = List.of(1, 2);
    private static final long ENDLESS_WARM_UP_MILLIS = 200;

    abstract Outcome measure(Effort effort, Workers workers) throws IOException, RunnerException;

    /** The name on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The parts that somebody named; all where none was. */
    static List<Part> named(Set<String> words) {
        List<Part> named =
                Arrays.stream(values()).filter(part -> words.contains(part.key())).toList();
        return named.isEmpty() ? List.of(values()) : named;
    }

    private static Contest contest(
            Effort effort,
            String label,
            String floor,
            List<Entrant> entrants,
            List<Integer> threads) {
        return new Contest(
                label,
                floor,
                entrants,
                threads,
                effort.generations(),
                effort.rounds(),
                TimeUnit.SECONDS.toNanos(effort.roundsSeconds()),
                TimeUnit.MILLISECONDS.toNanos(effort.sliceMillis()));
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

    private static List<Entrant> routesOf(Work work, Workers workers) {
        String detail = work.name();
        return List.of(
                workers.inJvm(LAMBDA, ClassPath.OWN, Subject.CAMEL_LAMBDA, detail),
                workers.inJvm(DAGWASM, ClassPath.OWN, Subject.CAMEL_DAGWASM, detail),
                workers.inJvm(
                        "dagwasm:wasm:, metered",
                        ClassPath.OWN,
                        Subject.CAMEL_DAGWASM_METERED,
                        detail),
                workers.inJvm(CAMEL_WASM, ClassPath.CAMEL_WASM, Subject.CAMEL_WASM, detail));
    }

    private static List<Entrant> stepsOf(List<StepsRoute> routes, Workers workers) {
        List<Entrant> entrants = new ArrayList<>();
        for (StepsRoute route : routes) {
            entrants.add(
                    workers.inJvm(route.label(), ClassPath.OWN, Subject.CAMEL_STEPS, route.name()));
        }
        return entrants;
    }
}
