package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.EndpointFailureException;
import io.github.dagwasm.spi.RunFailedException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/**
 * What is told of endpoints that fail or are not sent to, where no endpoint is needed to see it.
 */
class EndpointFailuresTest {

    private static final EndpointUri URI = new EndpointUri("dagwasm:pipeline:p");
    private final EndpointFailureException passes =
            new EndpointFailureException("x:y", "busy", new IOException("gone"), true);
    private final EndpointFailureException stays =
            new EndpointFailureException("x:y", "no", null, false);

    private static RunFailedException run(EndpointFailureException... causes) {
        return new RunFailedException("failed", null, List.of(causes), Map.of());
    }

    @Test
    void aRunBehindAnEndpointIsTriedAgainOnlyWhereAllItFailedOfMayPass() {
        EndpointFailures failures = new EndpointFailures(URI);

        assertThat(failures.of(run(passes, passes)).retryable()).isTrue();
        assertThat(failures.of(run(passes, stays)).retryable()).isFalse();
        assertThat(failures.of(run(stays, passes)).retryable()).isFalse();
    }

    @Test
    void aCauseThatTheFileNamesHasARunTriedAgain() {
        EndpointFailures failures = new EndpointFailures(URI, List.of("IOException"));

        assertThat(failures.of(run(passes, stays)).retryable()).isTrue();
    }

    @Test
    void whoFindsTheThreadsEndedIsNotToldThatTheyAreBusy() {
        ExecutorService ended = Executors.newSingleThreadExecutor();
        ended.shutdown();
        EndpointThreads threads = new EndpointThreads(ended, new BoundedPool(ended, 1, 1), 1, 1);

        assertThatThrownBy(() -> threads.execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage(
                        "not sent: the component has stopped, and with it the threads that call"
                                + " endpoints");
    }
}
