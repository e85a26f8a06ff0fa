package io.github.dagwasm.examples.transport;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A text that is sent, and what is expected behind the pipeline, whatever the transport.
 *
 * @param name what reports call it
 * @param text the text
 * @param expected what arrives where headers travel
 */
record Sample(String name, String text, Arrival expected) {

    private static final String LONG = "x".repeat(120);

    /** All of them. */
    static List<Sample> all() {
        return List.of(
                // Blanks at the ends, characters beyond ASCII and beyond the first plane.
                sample(
                        "SPECIAL",
                        " Grüße, 🦀!\n",
                        " GRÜSSE, 🦀!\n",
                        odd("16", "21", "\\u{20}GR\\u{dc}SSE, \\u{1f980}!\\\\u{a}-wasm")),
                sample("EMPTY", "", "", odd("0", "5", "-wasm")),
                sample(
                        "1 MiB",
                        "aé🦀\n".repeat(128 << 10),
                        "AÉ🦀\n".repeat(128 << 10),
                        odd(
                                "1048576",
                                "1048581",
                                "A\\u{c9}\\u{1f980}\\\\u{a}".repeat(46) + "A\\u{c9}...")),
                // As many bytes of headers as are set.
                sample("MUCH", "much", "MUCH", much()));
    }

    private static Sample sample(
            String name, String text, String body, Map<String, String> headers) {
        return new Sample(name, text, new Arrival(body, headers));
    }

    @Override
    public String toString() {
        return name;
    }

    /** The processor {@code learnt} of the pipeline: metadata that some transport would change. */
    static ProcessorResult learn(ProcessorCall call) {
        if (!call.text().string().equals("MUCH")) {
            return ProcessorResult.of(
                    call.text(),
                    Map.of(
                            "blanks", " a  b ",
                            "brackets", "[1,2]",
                            "empty", "",
                            "odd key-é", "a\nb",
                            "a_DOT_b_HYPHEN_c", "\"a\", 'b'; c=d"));
        }
        Map<String, String> metadata = new TreeMap<>();
        IntStream.range(10, 70).forEach(i -> metadata.put("k" + i, LONG));
        return ProcessorResult.of(call.text(), metadata);
    }

    private static Map<String, String> odd(String input, String output, String result) {
        Map<String, String> all = ofGuest(input, output, result);
        all.put("dagwasm.learnt.blanks", "\\u{20}a  b\\u{20}");
        all.put("dagwasm.learnt.brackets", "\\u{5b}1,2]");
        all.put("dagwasm.learnt.empty", "");
        all.put("dagwasm.learnt.odd_x0020_key_x002D__x00E9_", "a\\u{a}b");
        all.put("dagwasm.learnt.a__x0044_OT_b__x0048_YPHEN_c", "\"a\", 'b'; c=d");
        return all;
    }

    /** With colons, blanks and ends of lines 141 bytes of the guest's and 142 of each other one. */
    private static Map<String, String> much() {
        Map<String, String> all = ofGuest("4", "9", "MUCH-wasm");
        IntStream.range(10, 52).forEach(i -> all.put("dagwasm.learnt.k" + i, LONG));
        all.put("dagwasm.omitted", "18");
        return all;
    }

    private static Map<String, String> ofGuest(String input, String output, String result) {
        Map<String, String> all = new HashMap<>();
        all.put("dagwasm.guest.module_path", "hello_world.wasm");
        all.put("dagwasm.guest.input_length", input);
        all.put("dagwasm.guest.output_length", output);
        all.put("dagwasm.guest.result", result);
        return all;
    }
}
