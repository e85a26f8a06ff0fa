package io.github.dagwasm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PipelineReferenceTest {

    private final String page = PipelineReference.of(SampleBackends.ALL).toMarkdown();

    @Test
    void beginsWithTheTopOfTheFile() {
        assertThat(page)
                .startsWith(
                        """
                        ### The pipeline

                        | Key | Value | Default | Meaning |
                        |---|---|---|---|
                        | `strategy` | `work_queue`, `level`, `reactive` | `work_queue` | When a processor that may run does run. |
                        """)
                .contains(
                        """
                        | `executor_options.retry_attempts` | a whole number from 0 to 100 | `0` | Further tries after a retryable failure. |
                        """,
                        """
                        | `wasm.limits.memory_mb` | a whole number from 1 to 4096 |  | Memory. |
                        """,
                        """
                        | `processors` | a list of processors | required | The processors; the order decides between equals. |

                        ### Every processor
                        """,
                        """
                        | `backend` or `type` | `local`, `wasm`, `echo` | required | The kind of processor. |
                        """,
                        """
                        | `merge_separator` | a string | `\\n` | What stands between texts joined by concat. |
                        """);
    }

    @Test
    void hasATableForEachBackendAndForEachChoiceWithOptions() {
        assertThat(page)
                .contains(
                        "### Processors of backend `local`\n",
                        "### Options of `impl: prefix_suffix_adder`\n",
                        "### Options of backend `wasm`\n",
                        "### Options of `mode: often`\n")
                .doesNotContain(
                        "### Options of `impl: reverse_text`", "### Options of backend `local`")
                .endsWith("| `times` | a whole number |  | How often. |\n");
    }
}
