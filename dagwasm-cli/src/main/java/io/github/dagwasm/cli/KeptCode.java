package io.github.dagwasm.cli;

import io.github.dagwasm.wasm.WasmBackend;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compiled code that a run leaves for the next one: where the launcher says, sealed with a secret
 * of the user.
 */
final class KeptCode {

    /** Where the launcher says that compiled modules are to be kept: among what it built. */
    private static final String FOLDER = "dagwasm.code";

    private KeptCode() {}

    /** The backend of modules, which keeps their code if the launcher says where. */
    static WasmBackend modules() {
        String folder = System.getProperty(FOLDER, "");
        if (folder.isEmpty()) {
            return new WasmBackend();
        }
        return WasmBackend.keepingCodeIn(
                Path.of(folder), stateOfTheUser().resolve("dagwasm/code.key"), build());
    }

    /** As the XDG Base Directory Specification has it: a path that is not absolute is ignored. */
    private static Path stateOfTheUser() {
        String state = System.getenv().getOrDefault("XDG_STATE_HOME", "");
        return state.startsWith("/")
                ? Path.of(state)
                : Path.of(System.getProperty("user.home"), ".local", "state");
    }

    /** Every build writes the jar that the launcher's class path begins with. */
    private static String build() {
        Path jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator, 2)[0]);
        try {
            return Files.getLastModifiedTime(jar).toMillis() + " " + Files.size(jar);
        } catch (IOException e) {
            return "";
        }
    }
}
