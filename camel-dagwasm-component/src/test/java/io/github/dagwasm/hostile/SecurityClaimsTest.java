package io.github.dagwasm.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * Holds SECURITY.md to its word: every row of a table whose last column is called "attacked by" is
 * a claim, and names tests that exist.
 */
class SecurityClaimsTest {

    private static final Path PAGE = Path.of("../SECURITY.md");
    private static final Path SOURCES = Path.of("src/test/java");
    private static final List<Path> OTHER_SOURCES =
            List.of(
                    Path.of("../camel-dagwasm-starter/src/test"),
                    Path.of("../dagwasm-cli/src/test"),
                    Path.of("../examples/tests/src/test"));
    private static final String ATTACKED_BY = "attacked by";

    /** {@code Class.method}, or {@code Class[row of its list]}. */
    private static final Pattern TEST = Pattern.compile("`(\\w+)(?:\\.([a-z]\\w*)|\\[([^`]+)])`");

    @Test
    void everyClaimNamesAnAttackThatExists() throws IOException {
        List<String> faults = new ArrayList<>();
        List<String> claims = claims();
        for (String claim : claims) {
            List<MatchResult> tests =
                    TEST.matcher(claim.substring(lastCell(claim))).results().toList();
            if (tests.isEmpty()) {
                faults.add("no test: " + claim);
            }
            tests.stream().filter(test -> !exists(test)).forEach(t -> faults.add(t.group()));
        }

        assertThat(faults).isEmpty();
        assertThat(claims).hasSizeGreaterThan(40);
    }

    @Test
    void theLastColumnHoldsTestsAndNothingElse() throws IOException {
        for (String claim : claims()) {
            String cell = claim.substring(lastCell(claim), claim.length() - 1);

            assertThat(TEST.matcher(cell).replaceAll("").replace(",", "")).isBlank();
        }
    }

    private static List<String> claims() throws IOException {
        List<String> claims = new ArrayList<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(PAGE)) {
            if (line.endsWith("| " + ATTACKED_BY + " |")) {
                inTable = true;
            } else if (!line.startsWith("|")) {
                inTable = false;
            } else if (inTable && !line.startsWith("|---")) {
                claims.add(line);
            }
        }
        return claims;
    }

    private static int lastCell(String row) {
        return row.lastIndexOf('|', row.length() - 2) + 1;
    }

    private static boolean exists(MatchResult test) {
        if (test.group(3) != null) {
            return attacks(test.group(1)).anyMatch(attack -> attack.name().equals(test.group(3)));
        }
        return methods(test.group(1)).anyMatch(method -> isRun(method, test.group(2)))
                || isRunElsewhere(test.group(1), test.group(2));
    }

    /** The classes of other modules are not here, but their sources are. */
    private static boolean isRunElsewhere(String type, String name) {
        Pattern test =
                Pattern.compile(
                        "@(Test|ParameterizedTest)\\b((?!@Disabled|\\bvoid\\b).)*\\bvoid "
                                + name
                                + "\\(",
                        Pattern.DOTALL);
        return OTHER_SOURCES.stream()
                .flatMap(sources -> files(sources).stream())
                .filter(file -> file.endsWith(type + ".java"))
                .anyMatch(file -> test.matcher(read(file)).find());
    }

    private static Stream<Attack> attacks(String list) {
        return switch (list) {
            case "HostileGuestsIT" -> HostileGuestsIT.attacks().stream();
            case "HostileModulesIT" -> HostileModulesIT.bombs().stream();
            default -> Stream.empty();
        };
    }

    private static boolean isRun(Method method, String name) {
        boolean test =
                method.isAnnotationPresent(Test.class)
                        || method.isAnnotationPresent(ParameterizedTest.class);
        return test && method.getName().equals(name) && !method.isAnnotationPresent(Disabled.class);
    }

    private static Stream<Method> methods(String name) {
        return load(name).map(Class::getDeclaredMethods).stream().flatMap(Stream::of);
    }

    /** A contract counts by those that are held to it. */
    private static Optional<Class<?>> load(String name) {
        try {
            List<Path> all = files(SOURCES);
            for (Path file : all) {
                if (file.endsWith(name + ".java")) {
                    Class<?> found = Class.forName(className(file));
                    if (!Modifier.isAbstract(found.getModifiers()) || extendedBy(all, name)) {
                        return Optional.of(found);
                    }
                }
            }
            return Optional.empty();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path sources) {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String className(Path file) {
        return SOURCES.relativize(file)
                .toString()
                .replaceAll("\\.java$", "")
                .replaceAll("[/\\\\]", ".");
    }

    private static boolean extendedBy(List<Path> files, String name) {
        for (Path file : files) {
            Matcher extending = Pattern.compile("\\bextends " + name + "\\b").matcher(read(file));
            if (extending.find()) {
                return true;
            }
        }
        return false;
    }
}
