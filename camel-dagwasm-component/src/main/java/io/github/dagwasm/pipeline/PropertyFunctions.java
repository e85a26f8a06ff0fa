package io.github.dagwasm.pipeline;

import java.util.Optional;
import java.util.Set;

/**
 * The functions that placeholders may call beside {@code env} and {@code sys}, as <code>
 * {{bean:prices}}</code> does. Implementations are safe for use by any number of threads.
 */
public interface PropertyFunctions {

    /** None: every function of Camel is refused by its name. */
    PropertyFunctions NONE =
            new PropertyFunctions() {

                @Override
                public boolean has(String name) {
                    return false;
                }

                @Override
                public Optional<String> value(String name, String argument) {
                    return Optional.empty();
                }
            };

    /**
     * The functions of Camel 4.22 and of its components, {@code env} and {@code sys} apart. A
     * placeholder that begins with one of these names calls it everywhere, so that no place takes
     * the name for a key with a default.
     */
    Set<String> OF_CAMEL =
            Set.of(
                    "aws",
                    "aws-parameterstore",
                    "azure",
                    "base64",
                    "bean",
                    "boolean",
                    "configmap",
                    "configmap-binary",
                    "cyberark",
                    "gcp",
                    "hashicorp",
                    "ibm",
                    "secret",
                    "secret-binary",
                    "service",
                    "service.host",
                    "service.port");

    /**
     * Whether a function can be called here.
     *
     * @param name its name
     * @return whether it can
     */
    boolean has(String name);

    /**
     * Calls a function.
     *
     * @param name a name of a function that can be called
     * @param argument what stands after the colon; a default in it is the function's own matter
     * @return the value, empty if there is none or if the function failed
     */
    Optional<String> value(String name, String argument);
}
