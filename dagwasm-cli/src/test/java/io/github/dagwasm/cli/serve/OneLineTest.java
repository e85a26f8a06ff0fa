package io.github.dagwasm.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void joinsLinesWithoutASemicolonAfterAColon() {
        assertThat(OneLine.of("faults:\n  one\n\n  two\n  ^\n")).isEqualTo("faults: one; two");
    }

    @Test
    void leavesWhatIsOneLineAsItIs() {
        assertThat(OneLine.of("no option of dagwasm:pipeline:; the file says it"))
                .isEqualTo("no option of dagwasm:pipeline:; the file says it");
    }
}
