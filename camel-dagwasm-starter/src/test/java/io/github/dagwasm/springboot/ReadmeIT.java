package io.github.dagwasm.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.springboot.BootApplication.Started;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the README's properties are those of an application that starts. */
class ReadmeIT {

    private static final Pattern BLOCK =
            Pattern.compile(
                    "^## Spring Boot$.*?^```properties$(.*?)^```$",
                    Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void itsPropertiesBind() throws Exception {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("../README.md")));
        assertThat(block.find()).isTrue();
        Properties shown = new Properties();
        shown.load(new StringReader(block.group(1)));
        Map<String, String> properties = new HashMap<>();
        shown.stringPropertyNames().forEach(key -> properties.put(key, shown.getProperty(key)));

        try (Started started = BootApplication.start(properties)) {
            DagWasmComponent component = started.component();
            assertThat(properties).hasSize(3);
            assertThat(component.getModuleRoots()).isEqualTo("classpath:wasm_modules/");
            assertThat(component.getMemoryMbCeiling()).isEqualTo(64);
            assertThat(component.getTimeoutCeiling()).isEqualTo(Duration.ofSeconds(2));
        }
    }
}
