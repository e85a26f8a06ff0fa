package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.wasm.abi.GuestJson;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON that is made to be misread, or to cost more than it weighs, in {@code result: json}. */
class HostileJsonTest {

    private static final int MUCH = 10 << 20;
    private static final GuestJson.Form ENVELOPE = new GuestJson.Form("it", "");
    private static final String NO_OBJECT =
            "the guest's output is no object of strings, which result: json expects: ";

    private static Map<String, String> entries(byte[] json) {
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("module_path", "guest.wasm"));
        ResultObject.addTo(metadata, json);
        return metadata;
    }

    private static Map<String, String> entries(String json) {
        return entries(json.getBytes(UTF_8));
    }

    private static void assertFails(byte[] json, String problem) {
        assertThatThrownBy(() -> entries(json))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage(NO_OBJECT + problem);
    }

    private static void assertFails(String json, String problem) {
        assertFails(json.getBytes(UTF_8), problem);
    }

    /** A text of so many bytes, or a few less. */
    private static String filled(String part, int bytes) {
        return part.repeat(bytes / part.getBytes(UTF_8).length);
    }

    private static String members(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":\"" + value + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-0", "9999999999999999999999", "true", "null", "{}"})
    void valuesThatAreNoStringsAreRefused(String value) {
        assertFails("{\"k\":" + value + "}", "the value of 'k' is no string at byte 5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                "01",
                "+1",
                ".5",
                "1.",
                "'a'",
                "a",
                "undefined",
                "/**/\"a\"",
                "//\n\"a\"",
                "#\n\"a\"",
                "\"a\",",
                "\"\\x\"",
                "\"\\u00g0\"",
                "\"\\u{a}\"",
                "\"\n\"",
                "\"\u0000\"",
            })
    void whatOtherDialectsAllowIsNoJson(String value) {
        assertThatThrownBy(() -> entries("{\"k\":" + value + "}"))
                .isInstanceOf(GuestFailureException.class)
                .hasMessageStartingWith(NO_OBJECT + "no JSON, or more of it than is read at byte ");
    }

    @Test
    void noOtherEncodingIsGuessed() {
        String json = " {\"k\":\"v\"}";

        assertFails("\ufeff{}", "no object begins at byte 0");
        assertFails(json.getBytes(UTF_16LE), "no object begins at byte 0");
        assertFails(json.getBytes(UTF_16BE), "no object begins at byte 0");
        assertFails(new byte[] {' ', 0, 0, 0, '{', 0, 0, 0}, "no object begins at byte 0");
        assertFails("{}\u0000", "no JSON, or more of it than is read at byte 3");
        assertFails(filled("\n", MUCH), "no object begins at byte " + MUCH);
        assertThat(entries(filled(" ", MUCH) + "{}" + filled("\t", MUCH))).hasSize(1);
    }

    @Test
    void anotherSpellingIsNoOtherKey() {
        assertFails("{\"k\":\"\",\"\\u006b\":\"\"}", "'k' is there twice at byte 8");
        assertFails("{\"🌍\":\"\",\"\\ud83c\\udf0d\":\"\"}", "'🌍' is there twice at byte 11");
        assertFails(
                "{\"module\\u005fpath\":\"\"}",
                "'module_path' is a key of the host's own at byte 20");
    }

    /** Of two names that are not equal no two are shown alike. */
    @Test
    void noKeyIsShownAsAnother() {
        String json = "{\"\\n\":\"1\",\"\\\\u{a}\":\"2\",\"\\\\\\\\u{a}\":\"3\",\"\\ud800\":\"4\"}";

        assertThat(entries(json))
                .containsExactly(
                        entry("module_path", "guest.wasm"),
                        entry("\\u{a}", "1"),
                        entry("\\\\u{a}", "2"),
                        entry("\\\\\\\\u{a}", "3"),
                        entry("\\u{d800}", "4"));
    }

    @Test
    void namesThatMeanSomethingElsewhereAreNames() {
        assertThat(
                        entries(
                                "{\"__proto__\":\"a\",\"result\":\"b\",\"MODULE_PATH\":\"c\","
                                        + "\"${env:HOME}\":\"{{sys:user.home}}\"}"))
                .containsEntry("__proto__", "a")
                .containsEntry("result", "b")
                .containsEntry("MODULE_PATH", "c")
                .containsEntry("${env:HOME}", "{{sys:user.home}}")
                .containsEntry("module_path", "guest.wasm");
    }

    /** Their {@code hashCode} is one and the same. */
    @Test
    void namesThatCollideAreNames() {
        List<String> names = List.of("");
        for (int i = 0; i < 10; i++) {
            names = names.stream().flatMap(n -> List.of(n + "Aa", n + "BB").stream()).toList();
        }

        assertThat(
                        entries(
                                names.stream()
                                        .limit(ResultObject.MOST_ENTRIES)
                                        .map(name -> "\"" + name + "\":\"\"")
                                        .collect(Collectors.joining(",", "{", "}"))))
                .hasSize(ResultObject.MOST_ENTRIES + 1);
    }

    /** One character of six bytes makes six of one, one of two bytes six, too. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0080", "\udbff\udffd", "\\ud800", "\\u0000"})
    void escapesThatExpandAreCountedAsTheyAreShown(String character) {
        assertThatThrownBy(() -> entries(members(600, character.repeat(4096))))
                .isInstanceOf(GuestFailureException.class)
                .hasMessageStartingWith(
                        NO_OBJECT
                                + "the entries, escaped, have more than 4194304 characters at byte"
                                + " ");
    }

    @Test
    void nothingCostsMoreThanFiveTimesItsBytes() {
        for (String json :
                List.of(
                        "{\"k\":\"" + filled("a", MUCH) + "\"}",
                        "{\"k\":\"" + filled("é", MUCH) + "\"}",
                        "{\"k\":\"" + filled("🌍", MUCH) + "\"}",
                        "{\"k\":\"" + filled("\\u0061", MUCH) + "\"}",
                        "{\"k\":\"" + filled("a", MUCH),
                        "{\"k\":" + filled("1", MUCH) + "}",
                        "{\"k\":1e" + filled("9", MUCH) + "}",
                        "{\"" + filled("k", MUCH) + "\":\"\"}",
                        "{\"" + filled("\\u006b", MUCH) + "\":\"\"}",
                        filled("{\"k\":", MUCH),
                        "{\"k\":" + filled("[", MUCH),
                        "{" + filled(",", MUCH),
                        members(MUCH / 12, ""),
                        members(1000, "a".repeat(4096)),
                        members(1000, "\u0080".repeat(4096)))) {
            byte[] utf8 = json.getBytes(UTF_8);
            long most = 5L * Math.max(utf8.length, 4 << 20);

            assertThat(allocatedBy(utf8)).as(json.substring(0, 20)).isLessThan(most);
        }
    }

    private static long allocatedBy(byte[] json) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long own = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(own);
        try {
            entries(json);
        } catch (GuestFailureException expected) {
            assertThat(expected).hasMessageStartingWith(NO_OBJECT);
        }
        return threads.getThreadAllocatedBytes(own) - before;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void spoiltBytesAreReadOrAreTheGuestsFailure(long seed) {
        List<String> sound =
                List.of(
                        "{\"a\":\"b\",\"é🌍\":\"\\u0061\\n\"}",
                        "{\"headers\":{\"a\":\"b\",\"n\":1.5e3,\"t\":true},\"body\":\"YWJj\"}",
                        "{\"" + "k".repeat(70) + "\\u00e9\":\"v\"}");
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] spoilt = sound.get(random.nextInt(sound.size())).getBytes(UTF_8);
            for (int times = random.nextInt(4); times >= 0; times--) {
                spoilt = spoilt(spoilt, random);
            }
            byte[] json = spoilt;
            readOrFailed(json, () -> entries(json));
            readOrFailed(json, () -> readAll(json));
        }
    }

    private static void readOrFailed(byte[] json, Runnable reading) {
        try {
            reading.run();
        } catch (GuestFailureException e) {
            assertThat(e.getMessage()).doesNotContain("-1").doesNotContain("cannot be read");
        } catch (RuntimeException e) {
            throw new AssertionError(Arrays.toString(json), e);
        }
    }

    /** As envelopes are read: any length, one level down. */
    private static void readAll(byte[] json) {
        GuestJson.read(json, ENVELOPE, HostileJsonTest::member);
    }

    private static void member(String name, GuestJson json) throws IOException {
        if (json.isString()) {
            assertThat(json.string(Integer.MAX_VALUE)).isPresent();
        } else if (!json.isNull()) {
            json.members(HostileJsonTest::member);
        }
    }

    private static byte[] spoilt(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] = (byte) random.nextInt();
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> {
                return Arrays.copyOf(bytes, Math.max(1, at));
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 2);
                System.arraycopy(bytes, at, longer, at + 2, bytes.length - at);
                longer[at] = (byte) (0x80 | random.nextInt());
                longer[at + 1] = (byte) (0x80 | random.nextInt());
                return longer;
            }
        }
        return bytes;
    }
}
