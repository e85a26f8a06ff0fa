package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders by any name: each is served, or refused before anything is done. */
@Tag("ci")
class FolderNamesIT {

    @TempDir Path parent;

    private Path folder(String name) throws Exception {
        Path folder = Files.createDirectories(parent.resolve(name));
        TestModule.write(folder.resolve("guest.wasm"), TestModules.append("!"));
        Files.writeString(
                folder.resolve("application.properties"),
                "camel.main.duration-max-messages = 1\ngreeting = hello\n");
        Files.writeString(
                folder.resolve("drop.dagwasm.yaml"),
                """
                from: file:{{dagwasm.dir}}/in?initialDelay=0&delay=20&move={{dagwasm.dir}}/done
                to: direct:write
                processors:
                  - id: greet
                    backend: local
                    impl: prefix_suffix_adder
                    resolve: true
                    options: { prefix: "{{greeting}} {{env:DAGWASM_NONE:dev}} " }
                  - { id: guest, backend: wasm, module: "{{dagwasm.dir}}/guest.wasm", depends_on: [greet] }
                """);
        Files.writeString(
                folder.resolve("write.camel.yaml"),
                """
                - route:
                    id: write
                    from:
                      uri: direct:write
                      steps:
                        - to:
                            uri: "dagwasm:wasm:{{dagwasm.dir}}/guest.wasm"
                        - to:
                            uri: "file:{{dagwasm.dir}}/out"
                """);
        Files.writeString(Files.createDirectory(folder.resolve("in")).resolve("a.txt"), "world");
        return folder;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b", " a", "a ", "a%b", "a%zz", "100%", "a#b", "#a", "a;b", "a=b", "a,b", "a:b",
                "a@b", "ü", "é", "日本", "😀", "a'b", "a\"b", "a$b", "a{b}", "a[b]", "(a)", "RAW(a)",
                "a!b", "a*b", "a|b", "a<b>", "~a", "a.b", "-a"
            })
    void areServed(String name) throws Exception {
        Path folder = folder(name);

        Shell.Answer answer = Shell.dagwasm("serve", "--", folder.toString());

        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
        assertThat(folder.resolve("out/a.txt")).hasContent("hello dev world!!");
        assertThat(folder.resolve("done/a.txt")).hasContent("world");
        assertThat(parent.toFile().list()).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "a%20b  ! '%20', which Camel reads as another character",
                "%C3%BC ! '%C3', which Camel reads as another character",
                "a?b    ! '?', with which options begin",
                "a&b    ! '&', which stands between options",
                "c++    ! '+', which is a blank in an option",
                "${x}   ! '${', with which expressions begin",
                "{{x}}  ! '{{', with which placeholders begin"
            })
    void orAreRefused(String name, String flaw) throws Exception {
        Path folder = folder(name);

        Shell.Answer answer = Shell.dagwasm("serve", folder.toString());

        assertThat(answer.err())
                .isEqualTo(
                        "%s: the path of the folder has %s, and cannot stand in the URI of an endpoint; rename the folder\n"
                                .formatted(folder, flaw));
        assertThat(answer.code()).isEqualTo(2);
        assertThat(folder.resolve("in/a.txt")).exists();
        assertThat(parent.toFile().list()).containsExactly(name);
    }
}
