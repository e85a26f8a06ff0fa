package io.github.dagwasm.pipeline;

import static io.github.dagwasm.pipeline.PipelineFiles.faults;
import static io.github.dagwasm.pipeline.PipelineFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key {@code <<} merges blocks. */
class MergeKeysTest {

    private static final String FIRST =
            """
            processors:
              - &c
                id: a
                backend: local
                impl: prefix_suffix_adder
                options: &o { prefix: "1" }
            """;

    private static List<String> prefixes(String more) {
        return read(FIRST + more).processors().stream()
                .map(processor -> processor.options().string("prefix").orElse("none"))
                .toList();
    }

    @Test
    void aBlockHasTheKeysOfTheOther() {
        PipelineDefinition pipeline = read(FIRST + "  - { <<: *c, id: b, depends_on: [a] }\n");

        assertThat(pipeline.processors().get(1).id()).isEqualTo("b");
        assertThat(pipeline.processors().get(1).backend()).isEqualTo("local");
    }

    @Test
    void itsOwnKeysWinWhereverTheyStand() {
        assertThat(prefixes("  - { id: b, options: { prefix: \"2\" }, <<: *c }\n"))
                .containsExactly("1", "2");
        assertThat(prefixes("  - { <<: *c, id: b, options: { <<: *o, suffix: x } }\n"))
                .containsExactly("1", "1");
    }

    @Test
    void ofSeveralTheFirstWins() {
        assertThat(prefixes("  - { <<: [{ options: { prefix: \"3\" } }, *c], id: b }\n"))
                .containsExactly("1", "3");
    }

    @Test
    void aMergeOfAMergeHasAll() {
        assertThat(prefixes("  - &d { <<: *c, id: b }\n  - { <<: *d, id: c }\n"))
                .containsExactly("1", "1", "1");
    }

    @Test
    void faultsOfMergedKeysAreWhereTheyAreWritten() {
        assertThat(
                        faults(
                                """
                                processors:
                                  - &c { id: a, backend: local, impl: nonesuch }
                                  - { <<: *c, id: b }
                                """))
                .hasSize(2)
                .allMatch(fault -> fault.startsWith("2:39: processors["));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<<: 1             | 7:6: processors[1].<<: found 1; expected a block of keys to merge, or a list of such blocks",
                "<<: [*c, x]       | 7:6: processors[1].<<[1]: found 'x'; expected a block of keys to merge, or a list of such blocks",
                "<<: *c, <<: *o    | 7:14: processors[1]: key '<<' is written twice; the first is in line 7",
                "<<: *c, '<<': 1   | 7:14: processors[1]: unknown key '<<'",
                "options: &x { prefix: a, <<: *x } | 7:31: processors[1].options.<<: a block cannot be merged into itself"
            })
    void aMergeOfSomethingElseIsRefusedAtItsPlace(String keys, String fault) {
        assertThat(
                        faults(
                                FIRST
                                        + "  - {"
                                        + keys
                                        + ", id: b, backend: local, impl: prefix_suffix_adder}\n"))
                .anyMatch(problem -> problem.startsWith(fault));
    }

    @Test
    void noFewLinesStandForMillionsOfKeys() {
        StringBuilder yaml = new StringBuilder("a: &a {");
        for (int i = 0; i < 20_000; i++) {
            yaml.append("k").append(i).append(": 1, ");
        }
        yaml.append("}\nb: { <<: [").append("*a, ".repeat(20_000)).append("] }\n");

        assertThat(faults(yaml.toString()))
                .hasSize(1)
                .first()
                .asString()
                .endsWith(": merges make the file stand for more than 1000000 keys");
    }
}
