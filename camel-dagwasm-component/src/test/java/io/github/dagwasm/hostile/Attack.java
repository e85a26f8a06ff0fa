package io.github.dagwasm.hostile;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.ProcessorTimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A module that means harm, and how it ends.
 *
 * @param name what it does
 * @param module makes its bytes
 * @param setting what its pipeline says
 * @param ending how it ends
 */
record Attack(String name, Supplier<byte[]> module, Setting setting, Ending ending) {

    /** How long a guest may run that never returns. */
    static final double SHORT = 0.1;

    /** More than any other guest takes, on however slow a machine. */
    static final double LONG = 60;

    private static final String AMOUNT = "<n>";

    /**
     * What an attack's pipeline says.
     *
     * @param seconds the processor's timeout
     * @param limits the content of {@code limits:}
     * @param options the content of {@code options:}
     * @param wasm the content of the pipeline's {@code wasm:}
     * @param input the message
     */
    record Setting(double seconds, String limits, String options, String wasm, String input) {

        static final Setting DEFAULTS = new Setting(LONG, "", "", "", "abc");
    }

    /** How an attack ends. */
    sealed interface Ending {

        /** The module is not loaded. */
        record Refused(Class<? extends DagWasmException> kind, Pattern message) implements Ending {}

        /** The call fails. */
        record Failed(Class<? extends DagWasmException> kind, Pattern message) implements Ending {}

        /** The guest gets away with it, and that is no harm. */
        record Answered(String text) implements Ending {}
    }

    static Attack refused(String name, Supplier<byte[]> module, String message) {
        return ending(
                name, module, new Ending.Refused(ModuleRefusedException.class, whole(message)));
    }

    static Attack traps(String name, Supplier<byte[]> module, String message) {
        return failed(name, module, TrapException.class, "the guest trapped: " + message);
    }

    static Attack fails(String name, Supplier<byte[]> module, String message) {
        return failed(name, module, GuestFailureException.class, message);
    }

    static Attack exceeds(String name, Supplier<byte[]> module, String message) {
        return failed(name, module, LimitExceededException.class, message);
    }

    /** Of a guest that never returns. */
    static Attack stopped(String name, Supplier<byte[]> module) {
        String message = "stopped after " + SHORT + " s (processors[0].timeout_seconds)";
        return failed(name, module, ProcessorTimeoutException.class, message).within(SHORT);
    }

    static Attack answered(String name, Supplier<byte[]> module, String text) {
        return ending(name, module, new Ending.Answered(text));
    }

    static Attack failed(
            String name,
            Supplier<byte[]> module,
            Class<? extends DagWasmException> kind,
            String message) {
        return ending(name, module, new Ending.Failed(kind, whole(message)));
    }

    private static Attack ending(String name, Supplier<byte[]> module, Ending ending) {
        return new Attack(name, module, Setting.DEFAULTS, ending);
    }

    /** A whole message, in which {@code <n>} stands for an amount that varies. */
    private static Pattern whole(String message) {
        StringBuilder pattern = new StringBuilder();
        for (String part : message.split(AMOUNT, -1)) {
            pattern.append(pattern.isEmpty() ? "" : "[0-9]+").append(Pattern.quote(part));
        }
        return Pattern.compile(pattern.toString());
    }

    Attack within(double seconds) {
        return with(
                new Setting(seconds, setting.limits, setting.options, setting.wasm, setting.input));
    }

    Attack limits(String limits) {
        return with(
                new Setting(setting.seconds, limits, setting.options, setting.wasm, setting.input));
    }

    Attack options(String options) {
        return with(
                new Setting(setting.seconds, setting.limits, options, setting.wasm, setting.input));
    }

    Attack wasm(String wasm) {
        return with(
                new Setting(setting.seconds, setting.limits, setting.options, wasm, setting.input));
    }

    Attack input(String input) {
        return with(
                new Setting(setting.seconds, setting.limits, setting.options, setting.wasm, input));
    }

    private Attack with(Setting other) {
        return new Attack(name, module, other, ending);
    }

    @Override
    public String toString() {
        return name;
    }
}
