package io.github.dagwasm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.pipeline.Placeholders.Resolution;
import io.github.dagwasm.pipeline.Placeholders.Resolved;
import io.github.dagwasm.pipeline.Placeholders.Unresolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which placeholders files may use. */
class ResolvableKeysTest {

    private final List<String> asked = new ArrayList<>();

    private Resolution resolve(String list, String text) {
        return Placeholders.of(
                        key -> {
                            asked.add(key);
                            return key.equals("app.none")
                                    ? Optional.empty()
                                    : Optional.of("<" + key + ">");
                        })
                .calling(
                        new PropertyFunctions() {

                            @Override
                            public boolean has(String name) {
                                return name.equals("bean") || name.equals("app.function");
                            }

                            @Override
                            public Optional<String> value(String name, String argument) {
                                asked.add(name + ":" + argument);
                                return Optional.of("<" + name + ":" + argument + ">");
                            }
                        })
                .only(ResolvableKeys.of(list, "resolvableProperties"))
                .resolve(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "app.*, dagwasm.dir | a{{app.host}}b   | a<app.host>b",
                "app.*, dagwasm.dir | {{dagwasm.dir}}  | <dagwasm.dir>",
                "app.*              | {{app.none:x}}   | x",
                "app.*              | {{app.host:x}}   | <app.host>",
                "env:NO_STAGE       | {{env:NO_STAGE:x}} | x",
                "env:NO_*           | {{env:NO_STAGE:x}} | x",
                "sys:*              | {{sys:no.stage:x}} | x",
                "bean:*             | {{bean:prices}}  | <bean:prices>",
                "bean:prices        | {{bean:prices}}  | <bean:prices>",
                "*                  | {{sys:no.stage:x}} | x"
            })
    void whatIsListedIsResolved(String list, String text, String expected) {
        assertThat(resolve(list, text))
                .isInstanceOfSatisfying(
                        Resolved.class,
                        resolved -> assertThat(resolved.text()).isEqualTo(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.password",
                "db.password:x",
                "app",
                "app:x",
                "xapp.host",
                "env:HOME",
                "env:app.host",
                "sys:user.home",
                "service:app",
                "service.host:app",
                "bean:app.host",
                "bean:app.*",
                "app.function:x",
                "sys:db.password:x",
                "env:db.password:x",
                "aws:app.host",
                "?app.host",
                "!app.host",
                "?db.password",
                "APP.host",
                "dagwasm.dir.x"
            })
    void anythingElseIsRefusedAndAskedOfNobody(String content) {
        assertThat(resolve("app.*,dagwasm.dir", "x{{" + content + "}}"))
                .isEqualTo(
                        new Unresolved(
                                "the placeholder {{"
                                        + content
                                        + "}} is not for pipeline files; expected app.* or"
                                        + " dagwasm.dir (option resolvableProperties)"));
        assertThat(asked).isEmpty();
    }

    @Test
    void aDefaultMakesNoFunctionOfAKeyThatMayBeUsed() {
        Resolution unused = resolve("app.*", "{{app.none:env:HOME}}");

        assertThat(asked).containsExactly("app.none");
    }

    @ParameterizedTest
    @CsvSource({"env, {{env:HOME}}", "sys, {{sys:user.home}}", "bean, {{bean:prices}}"})
    void aKeyThatMayBeUsedOpensNoFunctionOfItsName(String key, String text) {
        assertThat(resolve(key, text))
                .isEqualTo(
                        new Unresolved(
                                "the placeholder %s is not for pipeline files; expected %s (option resolvableProperties)"
                                        .formatted(text, key)));
        assertThat(asked).isEmpty();
    }

    @Test
    void noneIsNone() {
        assertThat(resolve("none", "{{dagwasm.dir}}"))
                .isEqualTo(
                        new Unresolved(
                                "the placeholder {{dagwasm.dir}} is not for pipeline files;"
                                        + " expected none (option resolvableProperties)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,,b", "a*b", "**", "?a", "{{a}}", "a b"})
    void aListOfSomethingElseIsRefused(String list) {
        assertThatThrownBy(() -> ResolvableKeys.of(list, "resolvableProperties"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "resolvableProperties: found '.*'; expected a key such as app.host, a"
                                + " beginning such as app.\\*, or the word none");
    }
}
