package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.executor.DagExecutor;
import io.github.dagwasm.executor.Plan;
import io.github.dagwasm.executor.PlannedProcessor;
import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Metadata;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.spi.Strategy;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The header is a view of the report; whoever gets it sees plain maps. */
class RunMetadataTest {

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Map<String, String>> plain = new LinkedHashMap<>();
    private RunMetadata view;

    @BeforeEach
    void run() {
        Metadata.Keys lengths = Metadata.keys("input_length", "output_length");
        TextProcessor counting = call -> ProcessorResult.of(call.text(), lengths.of(2, "3"));
        TextProcessor silent = call -> ProcessorResult.of(call.text());
        TextProcessor naming = call -> ProcessorResult.of(call.text(), Map.of("name", "n"));
        Plan plan =
                new Plan(
                        "test",
                        Strategy.WORK_QUEUE,
                        FailureStrategy.FAIL_FAST,
                        1,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(
                                PlannedProcessor.of("z", counting),
                                PlannedProcessor.of("silent", silent),
                                PlannedProcessor.of("a", naming)),
                        (Graph) Graph.of(List.of(List.of(), List.of(0), List.of(1))));
        RunReport report =
                new DagExecutor(Runnable::run, scheduler)
                        .run(plan, Text.of("in"), RunOptions.DEFAULTS)
                        .report();
        view = new RunMetadata(report);
        Map<String, String> counted = new LinkedHashMap<>();
        counted.put("input_length", "2");
        counted.put("output_length", "3");
        plain.put("z", counted);
        plain.put("a", Map.of("name", "n"));
    }

    @AfterEach
    void close() {
        scheduler.shutdownNow();
    }

    @Test
    void isEqualToThePlainMapsThatItStandsFor() {
        assertThat((Object) view).isEqualTo(plain);
        assertThat((Object) plain).isEqualTo(view);
        assertThat(view).hasSameHashCodeAs(plain).hasToString(plain.toString()).hasSize(2);
        assertThat(view.get("z")).containsEntry("output_length", "3");
        assertThat(view.containsKey("silent")).isFalse();
    }

    @Test
    void isIteratedInTheOrderOfTheFileAsAJsonWriterDoes() {
        StringBuilder json = new StringBuilder();
        for (Map.Entry<String, Map<String, String>> processor : view.entrySet()) {
            json.append(processor.getKey()).append(':');
            processor
                    .getValue()
                    .forEach((key, value) -> json.append(key).append('=').append(value));
            json.append(';');
        }

        assertThat(json).hasToString("z:input_length=2output_length=3;a:name=n;");
    }

    @Test
    void isWrittenAsPlainMaps() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(view);
        }

        Object read;
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = in.readObject();
        }

        assertThat(read).isExactlyInstanceOf(LinkedHashMap.class).isEqualTo(plain);
    }

    @Test
    void cannotBeChanged() {
        assertThatThrownBy(() -> view.put("b", Map.of()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> view.clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
