package io.github.dagwasm.benchmarks.worker;

import java.util.Optional;

/**
 * What a worker can be told to measure. Each has a detail: the name of a {@link Work} or of a
 * {@link StepsRoute}, or an endless guest's function.
 */
public enum Subject {
    /** The work in plain Java. */
    PLAIN_JAVA {
        @Override
        Assignment assigned(String detail) {
            Work work = Work.valueOf(detail);
            return on(work, () -> work::apply);
        }
    },
    /** Chicory, a fresh instance for each call. */
    CHICORY_FRESH {
        @Override
        Assignment assigned(String detail) throws Exception {
            Work work = Work.valueOf(detail);
            return on(work, new ChicoryInstances(work.function(), false));
        }
    },
    /** Chicory, one instance for all calls of a thread. */
    CHICORY_REUSED {
        @Override
        Assignment assigned(String detail) throws Exception {
            Work work = Work.valueOf(detail);
            return on(work, new ChicoryInstances(work.function(), true));
        }
    },
    /** dagwasm. */
    DAGWASM {
        @Override
        Assignment assigned(String detail) throws Exception {
            Work work = Work.valueOf(detail);
            return on(work, isolated(Convention.CSTRING, work, Metering.OFF));
        }
    },
    /** dagwasm with fuel asked for. */
    DAGWASM_METERED {
        @Override
        Assignment assigned(String detail) throws Exception {
            Work work = Work.valueOf(detail);
            return on(work, isolated(Convention.CSTRING, work, Metering.ON));
        }
    },
    /** dagwasm with a guest of some convention, whose name stands before the work's. */
    DAGWASM_CONVENTION {
        @Override
        Assignment assigned(String detail) throws Exception {
            String[] words = detail.split(" ", -1);
            Work work = Work.valueOf(words[1]);
            return on(work, isolated(Convention.valueOf(words[0]), work, Metering.OFF));
        }
    },
    /** Chicory and its own WASI, a fresh instance of a command for each call. */
    COMMAND_FRESH {
        @Override
        Assignment assigned(String detail) throws Exception {
            return on(Work.valueOf(detail), new FreshCommand());
        }
    },
    /** Extism, a fresh plug-in for each call. */
    EXTISM_FRESH {
        @Override
        Assignment assigned(String detail) throws Exception {
            Work work = Work.valueOf(detail);
            return on(work, new ExtismPlugins(work.function(), false));
        }
    },
    /** Extism, one plug-in for all calls of a thread. */
    EXTISM_REUSED {
        @Override
        Assignment assigned(String detail) throws Exception {
            Work work = Work.valueOf(detail);
            return on(work, new ExtismPlugins(work.function(), true));
        }
    },
    /** A run that ends by its deadline. */
    ENDLESS {
        @Override
        Assignment assigned(String detail) {
            return new Assignment("hello world", EndlessGuest.STOPPED, new EndlessGuest(detail));
        }
    },
    /** The same in Java, by a loop that reads the clock: what the machine itself is late by. */
    CLOCK {
        @Override
        Assignment assigned(String detail) {
            return new Assignment("hello world", EndlessGuest.STOPPED, () -> Subject::spin);
        }
    },
    /** A Camel route of several steps. */
    CAMEL_STEPS {
        @Override
        Assignment assigned(String detail) throws Exception {
            return through(StepsRoute.valueOf(detail));
        }
    },
    /** A Camel route with a Java lambda. */
    CAMEL_LAMBDA {
        @Override
        Assignment assigned(String detail) throws Exception {
            return through(new GuestRoute(GuestRoute.Way.LAMBDA, Work.valueOf(detail)));
        }
    },
    /** A Camel route with dagwasm. */
    CAMEL_DAGWASM {
        @Override
        Assignment assigned(String detail) throws Exception {
            return through(new GuestRoute(GuestRoute.Way.DAGWASM, Work.valueOf(detail)));
        }
    },
    /** A Camel route with dagwasm and fuel asked for. */
    CAMEL_DAGWASM_METERED {
        @Override
        Assignment assigned(String detail) throws Exception {
            return through(new GuestRoute(GuestRoute.Way.METERED, Work.valueOf(detail)));
        }
    },
    /** A Camel route with camel-wasm. */
    CAMEL_WASM {
        @Override
        Assignment assigned(String detail) throws Exception {
            return through(new GuestRoute(GuestRoute.Way.CAMEL_WASM, Work.valueOf(detail)));
        }
    };

    private static String spin(@SuppressWarnings("unused") String text) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < EndlessGuest.DEADLINE_NANOS) {
            Thread.onSpinWait();
        }
        return EndlessGuest.STOPPED;
    }

    private static Embedding isolated(Convention convention, Work work, Metering metering)
            throws AbsentException {
        Optional<String> function =
                convention.named() ? Optional.of(work.function()) : Optional.empty();
        return new IsolatedGuest(convention, function, metering);
    }

    abstract Assignment assigned(String detail) throws Exception;

    private static Assignment on(Work work, Embedding embedding) {
        return new Assignment(work.input(), work.expected(), embedding);
    }

    private static Assignment through(Route route) throws Exception {
        return new Assignment(route.input(), route.output(), new CamelRoute(route));
    }
}
