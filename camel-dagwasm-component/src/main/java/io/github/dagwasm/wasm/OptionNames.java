package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.KeySpec.Ceiling;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * What an operator calls the options of one block of keys, for messages: they are options of the
 * Camel component.
 *
 * @param ofDefault the name of the option that sets a key's default
 * @param ofCeiling the name of the option that sets its ceiling
 */
record OptionNames(UnaryOperator<String> ofDefault, UnaryOperator<String> ofCeiling) {

    private static final Pattern UNDERSCORE = Pattern.compile("_(.)");

    static final String FUEL = "fuel";
    static final String TIMEOUT = "timeout";
    static final String LOAD_TIMEOUT = "loadTimeout";
    static final String MAX_INSTANCES = "maxInstances";
    static final String MAX_SANDBOX_MEMORY = "maxSandboxMemoryMb";

    /** A limit has an option of its own, spelt as Camel spells. */
    static final OptionNames OF_LIMITS =
            new OptionNames(OptionNames::camelCase, key -> ceiling(camelCase(key)));

    /** Fuel has one key only. */
    static final OptionNames OF_FUEL = new OptionNames(key -> FUEL, key -> ceiling(FUEL));

    /** Budgets are many: they are the entries of two maps. */
    static final OptionNames OF_ADMISSION =
            new OptionNames(
                    key -> "admission[" + key + "]", key -> "admissionCeilings[" + key + "]");

    /** Names of the bounds of all calls together. */
    static final QuotaNames OF_QUOTA =
            new QuotaNames(ofComponent(MAX_INSTANCES), ofComponent(MAX_SANDBOX_MEMORY));

    static String ceiling(String option) {
        return option + "Ceiling";
    }

    static String ofComponent(String option) {
        return option + " of the component";
    }

    /** A ceiling of something that is counted. */
    Ceiling ceilingOf(String key, long value) {
        return new Ceiling(value, "", ofComponent(ofCeiling.apply(key)));
    }

    private static String camelCase(String key) {
        return UNDERSCORE.matcher(key).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
