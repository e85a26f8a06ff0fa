package io.github.dagwasm.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.serve.FailedExchange.What;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailedExchangeTest {

    @Test
    void isOneLineThatNamesRouteFileAndReason() {
        assertThat(
                        new FailedExchange(
                                "drop",
                                Optional.of("a.txt"),
                                "pipeline 'drop': no\nmore",
                                What.WHOLE))
                .hasToString("failed: route drop, file a.txt: pipeline 'drop': no; more");
    }

    @Test
    void saysThatAnErrorHandlerTookCare() {
        assertThat(new FailedExchange("tick", Optional.empty(), "boom", What.HANDLED))
                .hasToString("failed, handled: route tick: boom");
    }

    @Test
    void escapesTheNameThatASenderChose() {
        assertThat(
                        new FailedExchange(
                                "drop", Optional.of("a\u001b[2J\nready: x"), "boom", What.WHOLE))
                .hasToString("failed: route drop, file a\\u{1b}[2J\\u{a}ready: x: boom");
    }

    @Test
    void leavesAsItIsWhatIsEscapedAlready() {
        assertThat(
                        new FailedExchange(
                                "drop", Optional.empty(), "guest said \\u{1b}\u001b", What.WHOLE))
                .hasToString("failed: route drop: guest said \\u{1b}\\u{1b}");
    }
}
