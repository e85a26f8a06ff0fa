package io.github.dagwasm.camel.language;

import io.github.dagwasm.camel.PipelineFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pipelines of expressions that stay loaded between two evaluations: those of all that routes
 * are built with, and of the others the latest, since it may be messages that name them. Safe for
 * use by any number of threads.
 */
final class KeptFunctions {

    /** How many stay loaded of those that are not a route's. */
    static final int MOST_OTHERS = 100;

    private final Map<String, PipelineFunction> ofRoutes = new HashMap<>();

    /** The oldest comes first. */
    private final Map<String, PipelineFunction> others = new LinkedHashMap<>();

    /**
     * The function of an expression, loaded unless it is to be loaded by the first message.
     *
     * @param text the expression
     * @param maker makes a new one
     * @param forRoute whether it stays until the context stops
     */
    PipelineFunction get(String text, Function<String, PipelineFunction> maker, boolean forRoute) {
        PipelineFunction function = known(text).orElseGet(() -> maker.apply(text));
        // Before it is noted: what does not load is nothing to keep.
        if (!function.isLazy()) {
            function.keepLoaded();
        }
        return noted(text, function, forRoute);
    }

    /** Sees that a function stays loaded that was let go for a newer one, or that was lazy. */
    void keep(String text, PipelineFunction function) {
        if (!function.isKeptLoaded()) {
            function.keepLoaded();
            var unused = noted(text, function, false);
        }
    }

    private synchronized Optional<PipelineFunction> known(String text) {
        return Optional.ofNullable(ofRoutes.getOrDefault(text, others.get(text)));
    }

    private PipelineFunction noted(String text, PipelineFunction function, boolean forRoute) {
        List<PipelineFunction> dropped = new ArrayList<>();
        synchronized (this) {
            if (forRoute) {
                others.remove(text);
                ofRoutes.put(text, function);
            } else if (!ofRoutes.containsKey(text)) {
                others.put(text, function);
                var oldest = others.values().iterator();
                for (int tooMany = others.size() - MOST_OTHERS; tooMany > 0; tooMany--) {
                    dropped.add(oldest.next());
                    oldest.remove();
                }
            }
        }
        dropped.forEach(PipelineFunction::letGo);
        return function;
    }

    /** Lets all of them go. */
    void clear() {
        List<PipelineFunction> all = new ArrayList<>();
        synchronized (this) {
            all.addAll(ofRoutes.values());
            all.addAll(others.values());
            ofRoutes.clear();
            others.clear();
        }
        all.forEach(PipelineFunction::letGo);
    }
}
