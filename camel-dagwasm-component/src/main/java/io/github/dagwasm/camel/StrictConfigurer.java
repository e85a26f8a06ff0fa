package io.github.dagwasm.camel;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.GeneratedPropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * Configurer that refuses a value that is not written as the number, the time or the truth value
 * that its option needs. Camel's converters make 0 of {@code 64MB}, 60,000 of {@code 1m} where a
 * number is needed, and let large numbers overflow: a limit would be another one than the limit
 * that was set. Messages do not show the value, which may come from a placeholder. Immutable.
 */
final class StrictConfigurer implements GeneratedPropertyConfigurer, PropertyConfigurerGetter {

    private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

    /** As Camel documents times. */
    private static final Pattern UNITS =
            Pattern.compile(
                    "(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m(?!s))?(?:([0-9]+)s)?(?:([0-9]+)ms)?");

    private static final long[] UNIT_MILLIS = {86_400_000, 3_600_000, 60_000, 1000, 1};

    private final PropertyConfigurer configurer;
    private final PropertyConfigurerGetter options;

    /** A strict one, on top of a configurer that is generated. */
    StrictConfigurer(PropertyConfigurer configurer) {
        this.configurer = Objects.requireNonNull(configurer, "configurer");
        this.options = (PropertyConfigurerGetter) configurer;
    }

    /**
     * Sets an option.
     *
     * @throws IllegalArgumentException if the option needs another form of value; the message names
     *     the option
     */
    @Override
    public boolean configure(
            CamelContext context, Object target, String name, Object value, boolean ignoreCase) {
        Object exact = exact(name, options.getOptionType(name, ignoreCase), value);
        return configurer.configure(context, target, name, exact, ignoreCase);
    }

    private static Object exact(String name, Class<?> type, Object value) {
        if (!(value instanceof String) && !(value instanceof Number)) {
            return value;
        }
        String text = String.valueOf(value).strip();
        try {
            if (type == int.class || type == Integer.class) {
                return Integer.valueOf(whole(text));
            }
            if (type == long.class || type == Long.class) {
                return Long.valueOf(whole(text));
            }
            if (type == Duration.class) {
                return duration(text);
            }
        } catch (ArithmeticException | NumberFormatException | DateTimeParseException e) {
            throw new IllegalArgumentException(name + ": expected " + expected(type));
        }
        return type == boolean.class || type == Boolean.class ? truth(name, text) : value;
    }

    /** Java's own parsers take digits of other scripts, too. */
    private static String whole(String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw new NumberFormatException();
        }
        return text;
    }

    private static Duration duration(String text) {
        if (WHOLE.matcher(text).matches()) {
            return Duration.ofMillis(Long.parseLong(text));
        }
        Matcher units = UNITS.matcher(text);
        if (text.isEmpty() || !units.matches()) {
            return Duration.parse(text);
        }
        Duration sum = Duration.ZERO;
        for (int unit = 0; unit < UNIT_MILLIS.length; unit++) {
            String number = units.group(unit + 1);
            if (number != null) {
                long millis = Math.multiplyExact(Long.parseLong(number), UNIT_MILLIS[unit]);
                sum = sum.plusMillis(millis);
            }
        }
        return sum;
    }

    private static Boolean truth(String name, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(name + ": expected true or false");
        };
    }

    private static String expected(Class<?> type) {
        if (type == Duration.class) {
            return "a duration such as 5s";
        }
        return "a whole number up to "
                + (type == long.class || type == Long.class ? Long.MAX_VALUE : Integer.MAX_VALUE)
                + ", without a unit";
    }

    @Override
    public Class<?> getOptionType(String name, boolean ignoreCase) {
        return options.getOptionType(name, ignoreCase);
    }

    @Override
    public Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return options.getOptionValue(target, name, ignoreCase);
    }

    @Override
    public Object getCollectionValueType(Object target, String name, boolean ignoreCase) {
        return options.getCollectionValueType(target, name, ignoreCase);
    }

    @Override
    public String[] getAutowiredNames() {
        return options.getAutowiredNames();
    }
}
