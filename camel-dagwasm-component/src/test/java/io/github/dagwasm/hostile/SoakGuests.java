package io.github.dagwasm.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.hostile.Attack.Setting;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One good guest and a mix of hostile ones, loaded once. For any number of threads. */
final class SoakGuests implements AutoCloseable {

    /** How long the endless ones may run. */
    private static final String SHORT = "0.02";

    /** Time is not the question where a guest grows, and collecting its garbage takes some. */
    private static final double PATIENT_SECONDS = 60;

    /** An endless one costs as much time as a hundred others. */
    private static final int OTHERS_PER_ENDLESS = 9;

    /**
     * A guest and what it is to answer.
     *
     * @param pipeline the guest
     * @param expected the answer without the message before it, or how the failure ends
     * @param fails whether it fails
     * @param large whether it may find no room beside the others
     */
    record Guest(Pipeline pipeline, String expected, boolean fails, boolean large) {

        void check(String message) {
            RunResult result = Sandbox.run(pipeline, message);
            Optional<Throwable> cause = result.failure().map(Throwable::getCause);
            if (large && cause.filter(SandboxFullException.class::isInstance).isPresent()) {
                return;
            }
            if (fails) {
                assertThat(result.failure()).isPresent();
                assertThat(result.failure().get())
                        .hasMessage(
                                "pipeline 'hostile': processor 'guest' (guest.wasm): " + expected);
            } else {
                assertThat(result.text().string()).isEqualTo(message + expected);
            }
        }
    }

    private final Sandbox sandbox;
    private final Guest good;
    private final List<Guest> hostile = new ArrayList<>();

    SoakGuests(Path folder) {
        sandbox = new Sandbox(folder, new Overshoots());
        good = answers(TestModules.append("-good"), "-good");
        List<Guest> others = others();
        List<Guest> endless = endless();
        for (int i = 0; i < OTHERS_PER_ENDLESS * endless.size(); i++) {
            hostile.add(others.get(i % others.size()));
            if (i % OTHERS_PER_ENDLESS == 0) {
                hostile.add(endless.get(i / OTHERS_PER_ENDLESS));
            }
        }
        for (GrowingGuest guest : GrowingGuest.values()) {
            hostile.add(grows(guest));
        }
    }

    /** What all guests have of the heap, by the count that bounds them, in bytes. */
    long countedBytes() {
        return sandbox.countedBytes();
    }

    Guest good() {
        return good;
    }

    /** The mix, in the order in which they are called. */
    List<Guest> hostile() {
        return hostile;
    }

    private static String stack(int asked) {
        return "the limit of 655360 bytes of call stack is exceeded: "
                + asked
                + " asked for (option limits.stack_kb)";
    }

    private List<Guest> others() {
        String memory =
                "the limit of 1048576 memory bytes is exceeded: 1114112 asked for (option"
                        + " limits.memory_mb)";
        return List.of(
                fails(TestModules.trap(), "the guest trapped: Trapped on unreachable instruction"),
                fails(TestModules.endlessRecursion(), "call_depth: 1000000", stack(655_408)),
                fails(TestModules.deepLog(), "call_depth: 1000000", stack(655_552)),
                fails(TestModules.endlessGrowth(), "memory_mb: 1", memory),
                answers(TestModules.tableGrowth(99_999), ""),
                answers(TestModules.logFlood(1000, "flood\n"), ""),
                fails(
                        TestModules.logAt(1, Integer.MAX_VALUE),
                        "the guest trapped: host_log was called with a text outside of the memory"),
                fails(TestModules.returning(0), "process returned a null pointer"),
                fails(
                        TestModules.returning(-1),
                        "process returned pointer 4294967295, outside of the memory of 65536 bytes"),
                fails(
                        TestModules.allocating(-1),
                        "allocate(4) returned pointer 4294967295, where that many bytes do not fit"
                                + " into the memory of 65536 bytes"),
                fails(
                        TestModules.malformedOutput(),
                        "the guest's output is not UTF-8: malformed UTF-8 at byte 3 (0xff)"));
    }

    private List<Guest> endless() {
        List<Guest> all = new ArrayList<>();
        for (byte[] module :
                List.of(
                        TestModules.endlessLoop(),
                        TestModules.endlessStart(),
                        TestModules.endlessCalls(),
                        TestModules.endlessFill(),
                        TestModules.endlessLoopInHugeFunction())) {
            Setting brief = new Setting(Double.parseDouble(SHORT), "", "", "", "");
            all.add(
                    new Guest(
                            sandbox.load(module, brief),
                            "stopped after " + SHORT + " s (processors[0].timeout_seconds)",
                            true,
                            false));
        }
        return all;
    }

    private Guest answers(byte[] module, String suffix) {
        return new Guest(sandbox.load(module, Setting.DEFAULTS), suffix, false, false);
    }

    /**
     * Grows to its limit of 64 MiB: two such guests do not always fit into the heap of the soak.
     */
    private Guest grows(GrowingGuest guest) {
        Setting patient = new Setting(PATIENT_SECONDS, "", "", "", "");
        return new Guest(sandbox.load(guest.module(), patient), "", false, true);
    }

    private Guest fails(byte[] module, String message) {
        return fails(module, "", message);
    }

    private Guest fails(byte[] module, String limits, String message) {
        Setting setting = new Setting(5, limits, "", "", "");
        return new Guest(sandbox.load(module, setting), message, true, false);
    }

    @Override
    public void close() {
        good.pipeline().close();
        hostile.stream().map(Guest::pipeline).distinct().forEach(Pipeline::close);
        sandbox.close();
    }
}
