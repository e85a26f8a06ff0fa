package io.github.dagwasm.camel;

import static org.awaitility.Awaitility.await;

import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.MDC;

/** The component's threads, as they are when they work for no message. */
final class PoolThreads extends LifecycleStrategySupport {

    private final List<ThreadPoolExecutor> pools = new CopyOnWriteArrayList<>();

    PoolThreads(CamelContext context) {
        context.addLifecycleStrategy(this);
    }

    @Override
    public void onThreadPoolAdd(
            CamelContext context,
            ThreadPoolExecutor pool,
            String id,
            String sourceId,
            String routeId,
            String profileId) {
        if (id.contains(DagWasmComponent.class.getSimpleName())) {
            pools.add(pool);
        }
    }

    /** How many pools there are. */
    int pools() {
        return pools.size();
    }

    /**
     * A line for each thread that has an MDC or a trace. To be asked by a thread without an MDC.
     */
    List<String> residues() {
        List<String> residues = new ArrayList<>();
        pools.forEach(pool -> residues.addAll(residues(pool)));
        return residues;
    }

    private static List<String> residues(ThreadPoolExecutor pool) {
        await().until(() -> pool.getActiveCount() == 0);
        int size = pool.getCorePoolSize();
        CyclicBarrier all = new CyclicBarrier(size);
        Callable<String> look =
                () -> {
                    all.await();
                    String found = String.valueOf(MDC.getCopyOfContextMap()) + Context.current();
                    return found.equals("null" + Context.root())
                                    || found.equals("{}" + Context.root())
                            ? ""
                            : Thread.currentThread().getName() + ": " + found;
                };
        List<String> residues = new ArrayList<>();
        try {
            List<Future<String>> looks = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                looks.add(pool.submit(look));
            }
            for (Future<String> each : looks) {
                residues.add(each.get());
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        residues.removeIf(String::isEmpty);
        return residues;
    }
}
