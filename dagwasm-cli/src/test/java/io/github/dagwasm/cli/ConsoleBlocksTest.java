package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ConsoleBlocksTest {

    @Test
    void readsCommandsWithTheOutputsBelowThem() {
        String markdown =
                """
                # Title

                ```console
                $ echo "a  b" | ./dagwasm run demo.yaml -
                one
                   \s
                $ true
                $ echo two
                two
                ```
                """;

        assertThat(ConsoleBlocks.parse("README.md", markdown))
                .containsExactly(
                        new DocumentedCommand(
                                4, "echo \"a  b\" | ./dagwasm run demo.yaml -\n", "one\n    \n"),
                        new DocumentedCommand(7, "true\n", ""),
                        new DocumentedCommand(8, "echo two\n", "two\n"));
    }

    @Test
    void joinsTheLinesThatABackslashContinues() {
        String markdown =
                """
                ```console
                $ echo one \\
                >   two \\
                    three
                one two three
                ```
                """;

        assertThat(ConsoleBlocks.parse("README.md", markdown))
                .containsExactly(
                        new DocumentedCommand(
                                2, "echo one \\\n  two \\\n    three\n", "one two three\n"));
    }

    @Test
    void leavesBlocksOfOtherLanguagesAlone() {
        String markdown =
                """
                ```sh
                $ mvn verify
                ```
                ````markdown
                ```console
                $ quoted
                ```
                ````
                ```
                $ plain
                ```
                """;

        assertThat(ConsoleBlocks.parse("README.md", markdown)).isEmpty();
    }

    @Test
    void keepsAShorterFenceInTheOutput() {
        String markdown =
                """
                ````console
                $ cat block.md
                ```
                ````
                """;

        assertThat(ConsoleBlocks.parse("README.md", markdown))
                .containsExactly(new DocumentedCommand(2, "cat block.md\n", "```\n"));
    }

    @Test
    void refusesABlockThatBeginsWithAnOutput() {
        assertThatThrownBy(
                        () ->
                                ConsoleBlocks.parse(
                                        "README.md", "text\n```console\nout\n$ command\n```\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("README.md:3: expected a command after '$ '");
    }

    @Test
    void refusesABlockWithoutCommands() {
        assertThatThrownBy(() -> ConsoleBlocks.parse("README.md", "```console\n```\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("README.md:2: expected a command after '$ '");
    }

    @Test
    void refusesABlockWithoutAnEnd() {
        assertThatThrownBy(() -> ConsoleBlocks.parse("README.md", "text\n```console\n$ command\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("README.md:2: the block that begins here has no end");
    }
}
