package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Metadata;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.abi.Answer;
import io.github.dagwasm.wasm.engine.Spending;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Processor whose work a guest does. */
final class WasmProcessor implements TextProcessor {

    private static final int RESULT_CODE_POINTS = 4096;

    private static final Metadata.Keys TRANSFORMED =
            Metadata.keys("module_path", "input_length", "output_length");

    private static final Metadata.Keys ANALYZED =
            Metadata.keys("module_path", "input_length", "output_length", "result");

    /**
     * What the processor is made of.
     *
     * @param resource the module, as written in the pipeline file
     * @param intent what its output is
     * @param entries whether its output, to be analyzed, is an object of metadata's entries
     * @param names what the user calls a key of the processor
     */
    record Settings(String resource, Intent intent, boolean entries, UnaryOperator<String> names) {}

    private final Settings settings;
    private final Guest guest;

    WasmProcessor(Settings settings, Guest guest) {
        this.settings = settings;
        this.guest = guest;
    }

    @Override
    public Intent intent() {
        return settings.intent();
    }

    @Override
    public Optional<String> resource() {
        return Optional.of(settings.resource());
    }

    @Override
    public Optional<String> sha256() {
        return Optional.of(guest.sha256());
    }

    @Override
    public Map<String, Long> limits() {
        Map<String, Long> values = LimitKeys.values(guest.settings().limits());
        long fuel = guest.settings().fuel();
        if (fuel != Spending.UNLIMITED_FUEL) {
            values.put(FuelKeys.LEVEL, fuel);
        }
        return values;
    }

    @Override
    public Set<String> attributes() {
        return guest.attributes();
    }

    @Override
    public boolean carriesBytes() {
        return guest.carriesBytes();
    }

    /** True: guest code looks at the interrupt flag at every back edge and call. */
    @Override
    public boolean stopsOnInterrupt() {
        return true;
    }

    /** True: time is charged wherever a guest can spend it. */
    @Override
    public boolean keepsDeadline() {
        return true;
    }

    @Override
    public ProcessorResult process(ProcessorCall call) throws InterruptedException {
        try {
            ProcessorGuestCall guestCall = new ProcessorGuestCall(call, this);
            return guest.call(guestCall, guestCall);
        } catch (LimitExceededException e) {
            throw e.withOption(settings.names().apply(e.option()));
        }
    }

    @Override
    public void close() {
        guest.close();
    }

    ProcessorResult result(Text input, Answer answer) {
        Text output = answer.text();
        Map<String, String> handedOn = answer.attributes();
        if (settings.intent() == Intent.ANALYZE) {
            // Metadata are texts, also if the calling convention carries bytes.
            Guest.requireText(output);
        }
        String module = settings.resource();
        int inputLength = input.byteLength();
        int outputLength = output.byteLength();
        if (settings.entries()) {
            Map<String, String> metadata =
                    new LinkedHashMap<>(TRANSFORMED.of(module, inputLength, outputLength));
            ResultObject.addTo(metadata, output.utf8());
            return new ProcessorResult(input, metadata, handedOn);
        }
        if (settings.intent() == Intent.ANALYZE) {
            String result = GuestText.escape(output.string(), RESULT_CODE_POINTS);
            return new ProcessorResult(
                    input, ANALYZED.of(module, inputLength, outputLength, result), handedOn);
        }
        return new ProcessorResult(
                output, TRANSFORMED.of(module, inputLength, outputLength), handedOn);
    }
}
