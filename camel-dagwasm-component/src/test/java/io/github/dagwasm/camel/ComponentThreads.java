package io.github.dagwasm.camel;

import java.util.List;
import org.apache.camel.CamelContext;

/** The threads of a context's component. */
final class ComponentThreads {

    private ComponentThreads() {}

    /** The names of those that live. */
    static List<String> of(CamelContext context) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("(" + context.getName() + ")"))
                .filter(name -> name.contains("dagwasm"))
                .toList();
    }
}
