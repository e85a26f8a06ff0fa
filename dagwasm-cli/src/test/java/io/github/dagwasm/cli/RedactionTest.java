package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.StandInRedactor.SECRET;

import io.github.dagwasm.cli.Shell.Answer;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactionTest {
    @TempDir private Path folder;

    @Test
    void probe() throws Exception {
        TestModule.write(folder.resolve("trap.wasm"), TestModules.trap());
        for (StandInRedactor guest : StandInRedactor.all()) {
            guest.module().writeTo(folder.resolve(guest.name() + ".wasm"));
            Path file = folder.resolve("redaction.dagwasm.yaml");
            Files.writeString(file, RedactionVariant.example().redactingBy(guest).yaml());
            Answer answer =
                    Shell.dagwasm("run", "--output", "text", file.toString(), "Card " + SECRET);
            System.out.println(guest.name() + ": " + answer);
        }
    }
}
