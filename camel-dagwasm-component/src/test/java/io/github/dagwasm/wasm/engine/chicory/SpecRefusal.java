package io.github.dagwasm.wasm.engine.chicory;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from a refusal's sentence whether it is for something that the sandbox does not offer. */
final class SpecRefusal {

    /** Of a module that imports a tag. */
    static final SpecVerdict TAG_IMPORT = SpecVerdict.refused("import of a tag");

    private static final Pattern PROPOSAL =
            Pattern.compile("it uses a proposal that is not supported: ([^(;]+) \\(.*");
    private static final Pattern IMPORT =
            Pattern.compile("import .* \\((memory|table|global|tag)\\) is not provided; .*");
    private static final Pattern LIMIT =
            Pattern.compile("initial memory bytes: .*|table entries: .*");
    private static final String OBJECTS = "garbage collection is not supported";

    /** The suite's converter writes some types of references so: no type begins with this byte. */
    private static final String SPOILT = "no value type 0xa4 ";

    private SpecRefusal() {}

    /** What to say of a module that is refused for no fault of its own. */
    static Optional<SpecVerdict> verdict(String sentence) {
        if (sentence.contains(SPOILT)) {
            return Optional.of(SpecVerdict.unjudged("type lost in the conversion"));
        }
        Matcher proposal = PROPOSAL.matcher(sentence);
        if (proposal.matches()) {
            return refused(proposal.group(1));
        }
        Matcher imported = IMPORT.matcher(sentence);
        if (imported.matches()) {
            return refused("import of a " + imported.group(1));
        }
        if (LIMIT.matcher(sentence).matches()) {
            return refused("initial size over the limit");
        }
        return sentence.endsWith(OBJECTS) ? refused("garbage collection") : Optional.empty();
    }

    private static Optional<SpecVerdict> refused(String feature) {
        return Optional.of(SpecVerdict.refused(feature));
    }

    /** Whether it says that a function is missing, or is there with another type. */
    static boolean isOfFunction(String sentence) {
        return sentence.startsWith("import ") && verdict(sentence).isEmpty();
    }

    /** Whether the module was not judged but made the engine fail. */
    static boolean isFailureOfTheEngine(String sentence) {
        return sentence.startsWith("the engine ");
    }
}
