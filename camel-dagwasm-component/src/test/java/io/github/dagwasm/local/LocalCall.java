package io.github.dagwasm.local;

import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PlainCall;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.util.Map;
import java.util.Optional;

/** Calls local processors that their backend has made. */
final class LocalCall {

    /** One MiB, the size from which a cost that is not linear shows. */
    static final int MEBI = 1 << 20;

    private LocalCall() {}

    static String text(String impl, String text) {
        return result(impl, Map.of(), text).text().string();
    }

    static Map<String, String> metadata(String impl, Map<String, Object> options, String text) {
        return result(impl, options, text).metadata();
    }

    static ProcessorResult result(String impl, Map<String, Object> options, String text) {
        try (TextProcessor processor = processor(impl, options)) {
            return processor.process(new PlainCall(Text.of(text)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static TextProcessor processor(String impl, Map<String, Object> options) {
        LocalBackend backend = LocalBackend.load(LocalCall.class.getClassLoader());
        return (TextProcessor) backend.create(definition(impl, options));
    }

    static ProcessorDefinition definition(String impl, Map<String, Object> options) {
        return new ProcessorDefinition(
                "demo",
                "p1",
                Optional.empty(),
                new KeyValues(Map.of(LocalBackend.IMPL, impl)),
                new KeyValues(options),
                KeyValues.NONE);
    }
}
