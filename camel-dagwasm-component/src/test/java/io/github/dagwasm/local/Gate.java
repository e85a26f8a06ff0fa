package io.github.dagwasm.local;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A processor of a served folder that holds some texts until a test lets them pass. A test that
 * kills the process meanwhile knows that work is left, however fast the machine is.
 */
public final class Gate implements TextProcessor {

    static final String HELD = "HELD-";
    static final String REACHED = ".reached";

    private static final long POLL_MILLIS = 10;

    private Path folder = Path.of("");

    /** Sets the folder in which a file with a text's name says that the text may pass. */
    public void setFolder(String folder) {
        this.folder = Path.of(folder);
    }

    @Override
    public ProcessorResult process(ProcessorCall call) throws IOException, InterruptedException {
        String text = call.text().string();
        if (text.startsWith(HELD)) {
            Files.writeString(folder.resolve(text + REACHED), "");
            while (Files.notExists(folder.resolve(text))) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
        return ProcessorResult.of(call.text());
    }
}
