package io.github.dagwasm.local;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder to serve whose pipeline has a {@link Gate} before its first processor. */
public final class GatedFolder {

    private static final String FIRST =
            """
              - id: lower
                backend: local
                impl: change_text_case_lower
            """;

    private static final String GATED =
            """
              - id: gate
                backend: local
                impl: gate

            """
                    + FIRST
                    + "    depends_on: [gate]\n";

    private final Path gate;
    private int held;

    private GatedFolder(Path gate) {
        this.gate = gate;
    }

    /**
     * Puts a gate into a pipeline whose first processor is {@code lower}.
     *
     * @param folder the folder that will be served
     * @param pipeline the name of the pipeline's file in it
     */
    public static GatedFolder of(Path folder, String pipeline) throws IOException {
        Path gate = Files.createDirectory(folder.resolve("gate"));
        Path file = folder.resolve(pipeline);
        String text = Files.readString(file);
        if (!text.contains(FIRST)) {
            throw new IOException(file + " does not begin with the processor 'lower'");
        }
        Files.writeString(file, text.replace(FIRST, GATED));
        Files.writeString(
                folder.resolve("application.properties"),
                "\ncamel.beans.gate = #class:"
                        + Gate.class.getName()
                        + "\ncamel.beans.gate.folder = {{dagwasm.dir}}/gate\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return new GatedFolder(gate);
    }

    /** The entry that the class path of the process needs. */
    public static Path classes() {
        try {
            return Path.of(Gate.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes a text that the gate holds; no other text is like it. */
    public String newText() {
        return Gate.HELD + held++;
    }

    /** Whether a process has begun with a text. */
    public boolean isReached(String text) {
        return Files.exists(gate.resolve(text + Gate.REACHED));
    }

    /** Lets a text pass, in every process from now on. */
    public void open(String text) throws IOException {
        Files.createFile(gate.resolve(text));
    }
}
