package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Camel's virtual threads, which a pool has without number. Camel decides on them once per JVM, so
 * this test has one of its own.
 */
class VirtualThreadsIT {

    private static final int POOL_SIZE = 3;
    private static final int PROCESSORS = 40;

    @TempDir Path folder;

    @Test
    void runsKeepTheBoundOfThePool() throws IOException, InterruptedException {
        assumeTrue(
                Runtime.version().feature() >= 21, "there are virtual threads from JDK 21 on only");

        Process java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dcamel.threads.virtual.enabled=true",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Wide.class.getName(),
                                folder.toString())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(java.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo("body abc, virtual true, within the bound true\n");
    }

    /** A fan-out that is wider than the pool. */
    static final class Wide {

        private static final AtomicInteger WORKING = new AtomicInteger();
        private static final AtomicInteger MOST = new AtomicInteger();
        private static final AtomicBoolean VIRTUAL = new AtomicBoolean();

        private Wide() {}

        public static void main(String[] arguments) {
            StringBuilder yaml = new StringBuilder("output: p0\nexecutor_options: ");
            yaml.append("{ max_concurrency: ").append(PROCESSORS).append(" }\nprocessors:\n");
            for (int i = 0; i < PROCESSORS; i++) {
                yaml.append("  - { id: p").append(i).append(", backend: local, impl: wait }\n");
            }
            TextProcessor wait =
                    call -> {
                        work();
                        return ProcessorResult.of(call.text());
                    };
            try (CamelFixture camel = new CamelFixture(Path.of(arguments[0]))) {
                camel.context.getRegistry().bind("wait", TextProcessor.class, wait);
                camel.context
                        .getComponent("dagwasm", DagWasmComponent.class)
                        .setPoolSize(POOL_SIZE);
                String wide = camel.pipeline("wide", yaml.toString());
                camel.routes(routes -> routes.from("direct:in").to(wide));
                camel.context.start();
                Exchange result = camel.send("direct:in", "abc");
                System.out.printf(
                        "body %s, virtual %s, within the bound %s%n",
                        result.getMessage().getBody(), VIRTUAL, MOST.get() <= POOL_SIZE + 1);
            }
        }

        /** Long enough for others to come in, if they may. */
        private static void work() throws InterruptedException {
            MOST.accumulateAndGet(WORKING.incrementAndGet(), Math::max);
            if (Thread.currentThread().toString().startsWith("VirtualThread")) {
                VIRTUAL.set(true);
            }
            boolean unused = new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
            WORKING.decrementAndGet();
        }
    }
}
