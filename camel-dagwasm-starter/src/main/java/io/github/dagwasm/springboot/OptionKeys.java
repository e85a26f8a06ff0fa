package io.github.dagwasm.springboot;

import io.github.dagwasm.text.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.camel.util.StringHelper;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The keys below {@code camel.component.dagwasm} in the sources of an environment. Immutable. */
final class OptionKeys {

    static final String COMPONENT = "dagwasm";

    static final String PREFIX = "camel.component." + COMPONENT;

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(PREFIX);

    /** Camel's own switches, which every starter has. */
    private static final List<String> SWITCHES = List.of("enabled", "customizerenabled");

    private static final Pattern SIGNS = Pattern.compile("[^a-z0-9]");
    private static final Pattern FIRST_WORD = Pattern.compile("[A-Za-z]+");
    private static final Pattern INDEX = Pattern.compile("[0-9]+");

    private final Iterable<ConfigurationPropertySource> sources;

    OptionKeys(ConfigurableEnvironment environment) {
        sources = ConfigurationPropertySources.from(environment.getPropertySources());
    }

    /** A name without its case and signs: the same for each relaxed form. */
    static String plain(String name) {
        return SIGNS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /**
     * Sees that there is an option for each key.
     *
     * @throws InvalidOptionException if there is none, or if it takes no key of this form
     */
    void requireKnown() {
        for (ConfigurationPropertySource source : sources) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                iterable.stream()
                        .filter(ROOT::isAncestorOf)
                        .forEach(name -> requireKnown(source, name));
            }
        }
    }

    private static void requireKnown(
            ConfigurationPropertySource source, ConfigurationPropertyName name) {
        List<String> parts =
                IntStream.range(ROOT.getNumberOfElements(), name.getNumberOfElements())
                        .mapToObj(i -> name.getElement(i, Form.ORIGINAL))
                        .toList();
        if (SWITCHES.contains(plain(String.join("", parts)))) {
            return;
        }
        // In the environment a word of an option may be an element of its own: POOL_SIZE.
        boolean joined = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
        String key = written(source.getConfigurationProperty(name)).orElse(name.toString());
        List<String> forms = new ArrayList<>();
        for (int words = 1; words <= (joined ? parts.size() : 1); words++) {
            Optional<String> option = option(String.join("", parts.subList(0, words)));
            List<String> rest = parts.subList(words, parts.size());
            if (option.isPresent() && takes(option.get(), rest)) {
                return;
            }
            option.ifPresent(found -> forms.add(form(found)));
        }
        throw new InvalidOptionException(
                key
                        + ": "
                        + (forms.isEmpty()
                                ? "there is no such option" + meant(parts)
                                : "expected " + String.join(" or ", forms)));
    }

    private static Optional<String> option(String word) {
        return DagWasmComponentConfiguration.kinds().keySet().stream()
                .filter(option -> plain(option).equals(plain(word)))
                .findFirst();
    }

    private static boolean takes(String option, List<String> rest) {
        Class<?> kind = DagWasmComponentConfiguration.kinds().get(option);
        if (kind == Map.class) {
            return !rest.isEmpty();
        }
        return rest.isEmpty()
                || (kind == List.class && rest.size() == 1 && INDEX.matcher(rest.get(0)).matches());
    }

    private static String form(String option) {
        Class<?> kind = DagWasmComponentConfiguration.kinds().get(option);
        if (kind == Map.class) {
            return option + "[KEY]";
        }
        return kind == List.class ? option + " or " + option + "[INDEX]" : option;
    }

    private static String meant(List<String> parts) {
        String word = StringHelper.dashToCamelCase(String.join("-", parts));
        return new Suggestions()
                .nearest(word, DagWasmComponentConfiguration.kinds().keySet())
                .map(near -> " (did you mean '" + StringHelper.camelCaseToDash(near) + "'?)")
                .orElse("");
    }

    /**
     * Says of an option what the component said of it, by the key that sets it.
     *
     * @param failure what the component threw, directly or as a cause
     * @return the exception with the component's sentence, or the failure itself if it is not about
     *     an option
     */
    RuntimeException refused(RuntimeException failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        // The component's own sentences are of this class; subclasses are somebody else's words.
        return cause.getClass() == IllegalArgumentException.class
                ? refused(cause.getMessage(), failure)
                : failure;
    }

    /**
     * Says of an option why it is refused, by the key that sets it.
     *
     * @param sentence begins with the name of the option
     * @param failure the reason
     * @return the exception
     */
    InvalidOptionException refused(String sentence, RuntimeException failure) {
        Matcher matcher = FIRST_WORD.matcher(sentence);
        if (!matcher.lookingAt()
                || !DagWasmComponentConfiguration.kinds().containsKey(matcher.group())) {
            return new InvalidOptionException(sentence, failure);
        }
        String rest = sentence.substring(matcher.end());
        return new InvalidOptionException(key(matcher.group()) + rest, failure);
    }

    /** The key that sets an option, as it is written in the source that wins. */
    private String key(String option) {
        ConfigurationPropertyName name = ROOT.append(StringHelper.camelCaseToDash(option));
        return StreamSupport.stream(sources.spliterator(), false)
                .flatMap(source -> written(source.getConfigurationProperty(name)).stream())
                .findFirst()
                .orElse(PREFIX + "." + option);
    }

    private static Optional<String> written(ConfigurationProperty property) {
        return property != null && property.getOrigin() instanceof PropertySourceOrigin origin
                ? Optional.of(origin.getPropertyName())
                : Optional.empty();
    }
}
