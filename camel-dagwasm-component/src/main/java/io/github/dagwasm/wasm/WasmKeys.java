package io.github.dagwasm.wasm;

import static java.util.stream.Collectors.toSet;

import io.github.dagwasm.spi.AttributeNames;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeySpec.Ceiling;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.Written;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.admission.Budgets;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The backend's keys, options and settings under one policy: their names, defaults and ceilings,
 * and how their values are read. Immutable.
 */
final class WasmKeys {

    static final String LOAD_TIMEOUT_SECONDS = "load_timeout_seconds";
    static final String MODULE = "module";
    static final String FUNCTION = "function";

    /** Where settings stand in a pipeline file. */
    static final String SETTINGS = "wasm.";

    static final String SHA256 = "sha256";
    private static final String LIMITS = "limits";
    private static final String ADMISSION = "admission";
    private static final String ABI = "abi";

    /** The path of the key that bounds what a guest logs. */
    static final String LIMIT_OF_LOG = LIMITS + "." + LimitKeys.LOG_BYTES;

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(1_000_000);
    private static final Duration DEFAULT_LOAD_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_LOAD_TIMEOUT = Duration.ofHours(1);
    private static final double LEAST_LOAD_SECONDS = 0.001;
    private static final double NANOS = 1e9;

    private static final String RESULT = "result";
    private static final String TEXT = "text";
    private static final String JSON = "json";
    private static final String ENVELOPE = "envelope";

    private static final List<String> OF_SOME_ABIS =
            List.of(
                    AbiOptions.ARGS,
                    AbiOptions.ENV,
                    AbiOptions.GRANT,
                    AbiOptions.HEADERS,
                    AbiOptions.ANSWER);

    private final WasmPolicy policy;
    private final List<KeySpec> limits;
    private final List<KeySpec> admission;
    private final FuelKeys fuel;

    WasmKeys(WasmPolicy policy) {
        this.policy = policy;
        limits = policy.limits().on(LimitKeys.specs(), OptionNames.OF_LIMITS);
        admission = policy.admission().on(AdmissionKeys.specs(), OptionNames.OF_ADMISSION);
        fuel = new FuelKeys(policy.fuel());
    }

    /**
     * Sees that a policy can be kept.
     *
     * @throws IllegalArgumentException if it cannot
     */
    static void require(
            Allowances limits,
            Allowances fuel,
            Allowances admission,
            TimeAllowance timeout,
            TimeAllowance loadTimeout) {
        List<KeySpec> unused = limits.on(LimitKeys.specs(), OptionNames.OF_LIMITS);
        unused = fuel.on(FuelKeys.specs(), OptionNames.OF_FUEL);
        unused = admission.on(AdmissionKeys.specs(), OptionNames.OF_ADMISSION);
        timeout.require(LONGEST_TIMEOUT, OptionNames.TIMEOUT);
        loadTimeout.require(LONGEST_LOAD_TIMEOUT, OptionNames.LOAD_TIMEOUT);
    }

    /** What users call the settings where they can set them at the component only. */
    static Map<String, String> namesOfSettings() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(
                SETTINGS + LOAD_TIMEOUT_SECONDS, OptionNames.ofComponent(OptionNames.LOAD_TIMEOUT));
        for (KeySpec budget : AdmissionKeys.specs()) {
            String option = OptionNames.OF_ADMISSION.ofDefault().apply(budget.name());
            names.put(SETTINGS + ADMISSION + "." + budget.name(), OptionNames.ofComponent(option));
        }
        return names;
    }

    List<KeySpec> keys() {
        return List.of(
                KeySpec.of(
                                MODULE,
                                KeySpec.Type.STRING,
                                "The module's path, or a file: or classpath: resource; an http: or"
                                        + " https: one where the component allows it.")
                        .mandatory(),
                KeySpec.of(
                                SHA256,
                                KeySpec.Type.SOURCE_STRING,
                                "The module's SHA-256; a module with another one is refused.")
                        .matching("[0-9a-fA-F]{64}", "64 hexadecimal digits"),
                KeySpec.block(LIMITS, "What one call may use.", limits));
    }

    List<KeySpec> options() {
        return List.of(
                Intent.option(
                        "Whether the guest's output is the text (transform) or metadata"
                                + " (analyze)."),
                KeySpec.of(
                                ABI,
                                KeySpec.Type.STRING,
                                "The guest's calling convention; found out where it is absent.")
                        .oneOf(AbiDetector.names()),
                KeySpec.of(
                        FUNCTION,
                        KeySpec.Type.STRING,
                        "The exported function that takes the text, where it is not the one"
                                + " that the calling convention names."),
                KeySpec.of(
                                RESULT,
                                KeySpec.Type.STRING,
                                "With intent analyze: whether the output is one entry of the"
                                        + " metadata (text), or an object of strings whose entries"
                                        + " are (json).")
                        .oneOf(List.of(TEXT, JSON))
                        .defaultsTo(TEXT),
                KeySpec.of(
                                AbiOptions.ARGS,
                                KeySpec.Type.STRINGS,
                                "For WASI: the arguments, without the command's own name.")
                        .matching("[^\u0000]*", "a string without a NUL"),
                KeySpec.of(
                                AbiOptions.ENV,
                                KeySpec.Type.STRINGS,
                                "For WASI: the environment, each variable as NAME=VALUE.")
                        .matching("[^=\u0000]+=[^\u0000]*", "NAME=VALUE"),
                KeySpec.of(
                                AbiOptions.GRANT,
                                KeySpec.Type.STRINGS,
                                "For WASI and AssemblyScript: what the guest gets that is not the"
                                        + " same in every call; without it, its clock and its random"
                                        + " numbers are the same in each.")
                        .oneOf(Grants.KNOWN),
                AttributeNames.option(
                        AbiOptions.HEADERS,
                        "For abi camel-wasm: the names of the headers that the guest is"
                                + " shown, 64 at the most; of these it may also change"
                                + " what the message has."),
                KeySpec.of(
                                AbiOptions.ANSWER,
                                KeySpec.Type.STRING,
                                "For abi camel-wasm: whether the guest answers with an envelope of"
                                        + " headers and body, or with the text alone.")
                        .oneOf(List.of(ENVELOPE, TEXT))
                        .defaultsTo(ENVELOPE),
                fuel.option());
    }

    List<KeySpec> settings() {
        KeySpec loadTimeout =
                KeySpec.of(
                                LOAD_TIMEOUT_SECONDS,
                                KeySpec.Type.NUMBER,
                                "How long a module may take to be parsed and compiled, in seconds of"
                                        + " processor time; on the clock ten times as long.")
                        .between(LEAST_LOAD_SECONDS, (double) LONGEST_LOAD_TIMEOUT.toSeconds())
                        .defaultsTo(plainSeconds(defaultLoadTimeout()));
        return List.of(
                KeySpec.block(LIMITS, "What one call of any processor may use.", limits),
                fuel.settings(),
                policy.loadTimeout()
                        .ceilingOf(OptionNames.LOAD_TIMEOUT)
                        .map(loadTimeout::under)
                        .orElse(loadTimeout),
                KeySpec.block(
                        ADMISSION, "What a module may have before it is refused.", admission));
    }

    Duration defaultTimeout() {
        return policy.timeout().or(DEFAULT_TIMEOUT);
    }

    Optional<Ceiling> timeoutCeiling() {
        return policy.timeout().ceilingOf(OptionNames.TIMEOUT);
    }

    static String module(ProcessorDefinition definition) {
        return definition.keys().requiredString(MODULE);
    }

    /** The module as messages, metadata and logs have it: as it is written. */
    static String shownModule(ProcessorDefinition definition) {
        return definition.keys().shown(MODULE);
    }

    /** Whether nothing may be told of where the module is looked for. */
    static boolean hidesModule(ProcessorDefinition definition) {
        return definition.keys().written(MODULE).filter(Written::hides).isPresent();
    }

    /** The pinned digest, in lower case. */
    static Optional<String> sha256(ProcessorDefinition definition) {
        return definition.keys().string(SHA256).map(hex -> hex.toLowerCase(Locale.ROOT));
    }

    GuestLimits limits(ProcessorDefinition definition) {
        return LimitKeys.with(
                LimitKeys.with(defaultLimits(), definition.settings().block(LIMITS)),
                definition.keys().block(LIMITS));
    }

    /** What fuel one call has, empty where nobody bounds it. */
    Optional<FuelLevel> fuel(ProcessorDefinition definition) {
        return fuel.of(definition);
    }

    GuestLimits defaultLimits() {
        return LimitKeys.with(GuestLimits.DEFAULTS, Allowances.defaultsOf(limits));
    }

    Budgets budgets(ProcessorDefinition definition) {
        return AdmissionKeys.with(
                AdmissionKeys.with(Budgets.DEFAULTS, Allowances.defaultsOf(admission)),
                definition.settings().block(ADMISSION));
    }

    LoadTime loadTime(ProcessorDefinition definition) {
        Duration limit =
                definition
                        .settings()
                        .number(LOAD_TIMEOUT_SECONDS)
                        .map(seconds -> Duration.ofNanos((long) (seconds * NANOS)))
                        .orElse(defaultLoadTimeout());
        return new LoadTime(limit, SETTINGS + LOAD_TIMEOUT_SECONDS);
    }

    static AbiOptions abi(ProcessorDefinition definition) {
        KeyValues options = definition.options();
        return new AbiOptions(
                options.string(ABI),
                options.string(FUNCTION),
                options.strings(AbiOptions.HEADERS),
                options.string(AbiOptions.ANSWER).filter(TEXT::equals).isPresent(),
                OF_SOME_ABIS.stream().filter(options::has).collect(toSet()),
                AttributeNames::handOnFault);
    }

    static boolean resultIsJson(ProcessorDefinition definition) {
        return definition.options().string(RESULT).filter(JSON::equals).isPresent();
    }

    /** What of a processor's options does not go together, or is not for its author to ask. */
    List<KeyFault> faults(KeyValues options) {
        List<KeyFault> faults =
                new ArrayList<>(
                        AttributeNames.showFaults(
                                "options." + AbiOptions.HEADERS,
                                options.strings(AbiOptions.HEADERS)));
        faults.addAll(policy.grants().faults(options));
        faults.addAll(SurroundingsKeys.faults(options));
        if (options.has(RESULT) && Intent.of(options) != Intent.ANALYZE) {
            faults.add(
                    new KeyFault(
                            "options." + RESULT,
                            "the output is the text; expected intent: analyze beside it, or no "
                                    + RESULT));
        }
        return faults;
    }

    private Duration defaultLoadTimeout() {
        return policy.loadTimeout().or(DEFAULT_LOAD_TIMEOUT);
    }

    private static String plainSeconds(Duration duration) {
        // The class BigDecimal takes milliseconds to initialise.
        return duration.toNanosPart() == 0
                ? Long.toString(duration.toSeconds())
                : BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
    }
}
