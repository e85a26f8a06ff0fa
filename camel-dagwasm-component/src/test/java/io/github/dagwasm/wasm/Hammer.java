package io.github.dagwasm.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many threads that do the same at the same time. */
public final class Hammer implements AutoCloseable {

    /** What a thread does once. */
    public interface Blow {

        /** Strikes; the number tells it from all others. */
        void strike(int number) throws Exception;
    }

    private final int threads;
    private final ExecutorService pool;

    /** So many threads. */
    public Hammer(int threads) {
        this.threads = threads;
        pool = Executors.newFixedThreadPool(threads);
    }

    /** Each thread strikes so many times; the first failure is thrown. */
    public void run(int times, Blow blow) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int first = t * times;
            all.add(
                    pool.submit(
                            () -> {
                                go.await();
                                for (int i = 0; i < times; i++) {
                                    blow.strike(first + i);
                                }
                                return null;
                            }));
        }
        go.countDown();
        for (Future<?> one : all) {
            one.get(10, TimeUnit.MINUTES);
        }
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
