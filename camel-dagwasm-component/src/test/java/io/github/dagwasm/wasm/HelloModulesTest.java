package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.TextProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hello-world guest does the same in every language and calling convention. */
class HelloModulesTest {

    static List<Path> modules() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../wasm_modules"))) {
            return files.filter(f -> f.getFileName().toString().matches("hello.*\\.wasm"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void answersItsTextAndASuffix(Path module) throws Exception {
        String large = "0123456789abcdé\n".repeat((8 << 20) / 17);
        try (WasmBackend backend = new WasmBackend()) {
            TextProcessor hello = (TextProcessor) backend.create(definition(module));

            for (String text : List.of("", "hello", "\n é 漢字 😀\t\r\n", large, "")) {
                assertThat(hello.process(with(text)).text().string().equals(text + "-wasm"))
                        .as("%d characters", text.length())
                        .isTrue();
            }
        }
    }
}
