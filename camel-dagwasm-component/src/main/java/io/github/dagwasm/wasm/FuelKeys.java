package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that bound the fuel of a call, under one policy. There is no built-in bound: where
 * nobody asks for one, fuel is counted and not limited. Immutable.
 */
final class FuelKeys {

    /** The option of one processor. */
    static final String LEVEL = "fuel_level";

    /** Where that stands in a pipeline file; engines name it where fuel is used up. */
    static final String LEVEL_PATH = "options." + LEVEL;

    private static final String BLOCK = "fuel";
    private static final String DEFAULT = "default";
    private static final String MINIMUM = "minimum";
    private static final String MAXIMUM = "maximum";

    /** Hours of nothing but back edges. */
    private static final double MOST_UNITS = 1e14;

    private final Allowances operator;
    private final KeySpec level;

    FuelKeys(Allowances operator) {
        this.operator = operator;
        level = operator.on(specs(), OptionNames.OF_FUEL).get(0);
    }

    /** What the operator may bound: the level, for which there is no built-in default. */
    static List<KeySpec> specs() {
        return List.of(
                units(
                        LEVEL,
                        "The fuel of one call; where it is absent, what the pipeline says, or the"
                                + " operator, or no bound. One unit is a branch back to the"
                                + " beginning of a loop, a call, or 4 KiB of bulk work."));
    }

    /** The option of one processor. */
    KeySpec option() {
        return level;
    }

    /** The pipeline's block. */
    KeySpec settings() {
        return KeySpec.block(
                BLOCK,
                "The fuel of one call of any processor.",
                List.of(
                        allowed(units(DEFAULT, "What a call has where the processor does not say."))
                                .mandatory(),
                        allowed(units(MINIMUM, "The least that a processor may say.")),
                        allowed(units(MAXIMUM, "The most that a processor may say."))));
    }

    /** What a call has, empty where nobody bounds it. */
    Optional<FuelLevel> of(ProcessorDefinition definition) {
        return definition
                .options()
                .integer(LEVEL)
                .map(units -> new FuelLevel(units, LEVEL_PATH))
                .or(() -> ofPipeline(definition.settings()))
                .or(this::ofOperator);
    }

    private static Optional<FuelLevel> ofPipeline(KeyValues settings) {
        return settings.block(BLOCK)
                .integer(DEFAULT)
                .map(units -> new FuelLevel(units, pathOf(DEFAULT)));
    }

    private Optional<FuelLevel> ofOperator() {
        String option =
                operator.defaults().containsKey(LEVEL)
                        ? OptionNames.FUEL
                        : OptionNames.ceiling(OptionNames.FUEL);
        return level.defaultValue()
                .map(
                        units ->
                                new FuelLevel(
                                        Long.parseLong(units), OptionNames.ofComponent(option)));
    }

    /** What is wrong with the pipeline's block. */
    static List<KeyFault> settingsFaults(KeyValues settings) {
        KeyValues fuel = settings.block(BLOCK);
        if (isUpsideDown(fuel)) {
            String problem = above(fuel.integer(MINIMUM).orElseThrow(), fuel);
            return List.of(new KeyFault(BLOCK + "." + MINIMUM, problem));
        }
        return fuel.integer(DEFAULT).map(units -> outside(units, fuel)).orElse(List.of()).stream()
                .map(problem -> new KeyFault(BLOCK + "." + DEFAULT, problem))
                .toList();
    }

    /** What is wrong with a processor's level. A block that is wrong itself is no measure. */
    static List<KeyFault> faults(KeyValues options, KeyValues settings) {
        KeyValues fuel = settings.block(BLOCK);
        if (isUpsideDown(fuel)) {
            return List.of();
        }
        return options.integer(LEVEL).map(units -> outside(units, fuel)).orElse(List.of()).stream()
                .map(problem -> new KeyFault(LEVEL_PATH, problem))
                .toList();
    }

    private static boolean isUpsideDown(KeyValues fuel) {
        Optional<Long> maximum = fuel.integer(MAXIMUM);
        return fuel.integer(MINIMUM)
                .flatMap(least -> maximum.filter(most -> most < least))
                .isPresent();
    }

    private static List<String> outside(long units, KeyValues fuel) {
        List<String> problems = new ArrayList<>();
        fuel.integer(MINIMUM)
                .filter(least -> units < least)
                .ifPresent(
                        least ->
                                problems.add(
                                        "found "
                                                + units
                                                + "; expected at least "
                                                + least
                                                + ", which "
                                                + pathOf(MINIMUM)
                                                + " says"));
        fuel.integer(MAXIMUM)
                .filter(most -> units > most)
                .ifPresent(most -> problems.add(above(units, fuel)));
        return problems;
    }

    private static String above(long units, KeyValues fuel) {
        return "found "
                + units
                + "; expected at most "
                + fuel.integer(MAXIMUM).orElseThrow()
                + ", which "
                + pathOf(MAXIMUM)
                + " says";
    }

    private static String pathOf(String key) {
        return WasmKeys.SETTINGS + BLOCK + "." + key;
    }

    private KeySpec allowed(KeySpec spec) {
        return level.range().flatMap(KeySpec.Range::ceiling).map(spec::under).orElse(spec);
    }

    private static KeySpec units(String name, String description) {
        return KeySpec.of(name, KeySpec.Type.INTEGER, description).between(1, MOST_UNITS);
    }
}
