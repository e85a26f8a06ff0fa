package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.PlainReason;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Loaded modules, shared by digest and counted. Each is parsed and compiled once, on a thread of
 * the cache's own, and dropped with its classes when nobody uses it any more. A load that fails is
 * forgotten. Safe for use by any number of threads.
 *
 * <p>A compiler cannot be stopped. So who waits for a load waits no longer than the deadline, and a
 * load that nobody waits for any more goes on: it keeps its thread, so that no more than the given
 * number ever run, and whoever asks for the same module again joins it.
 *
 * <p>Loads that run at one time take no more than half of the heap together, by admission's
 * estimate: one that finds no room waits on its thread until another has ended.
 */
final class ModuleCache implements AutoCloseable {

    private static final long IDLE_SECONDS = 10;

    /** One user's share in a module. */
    interface Lease extends AutoCloseable {

        WasmModule module();

        /** The digest of the bytes that the module was loaded from. */
        String sha256();

        /** The rate of this module's log, shared by all its users. */
        LogRate logRate();

        /** Gives the share back; further calls do nothing. */
        @Override
        void close();
    }

    private final WasmEngine engine;
    private final ThreadPoolExecutor threads;
    private final LoadRoom room;
    private final Map<String, Entry> entries = new HashMap<>();

    ModuleCache(WasmEngine engine, int concurrentLoads) {
        this(engine, concurrentLoads, Runtime.getRuntime().maxMemory() / 2);
    }

    ModuleCache(WasmEngine engine, int concurrentLoads, long heapForLoads) {
        this.engine = engine;
        room = new LoadRoom(heapForLoads);
        AtomicInteger count = new AtomicInteger();
        threads =
                new ThreadPoolExecutor(
                        concurrentLoads,
                        concurrentLoads,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            Thread thread =
                                    new Thread(task, "dagwasm-load-" + count.incrementAndGet());
                            thread.setDaemon(true);
                            thread.setContextClassLoader(ModuleCache.class.getClassLoader());
                            return thread;
                        });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Takes a share in a module, and loads it if need be.
     *
     * @param loadBytes an estimate of the heap that loading it takes
     * @throws ModuleRefusedException if it cannot be loaded, if the deadline passes or if the
     *     thread is interrupted, whose flag is set then
     */
    Lease acquire(ModuleFile file, long loadBytes, Duration timeout) {
        Entry entry = join(file, loadBytes);
        try {
            return entry.lease(entry.loaded.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            leave(entry);
            throw new ModuleRefusedException(
                    "it was not loaded within "
                            + OptionNames.seconds(timeout)
                            + " (option wasm."
                            + WasmKeys.LOAD_TIMEOUT_SECONDS
                            + ")",
                    e);
        } catch (InterruptedException e) {
            leave(entry);
            Thread.currentThread().interrupt();
            throw new ModuleRefusedException("the thread was interrupted while it was loaded", e);
        } catch (ExecutionException e) {
            leave(entry);
            throw new ModuleRefusedException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** How many modules are loaded or being loaded. */
    synchronized int size() {
        return entries.size();
    }

    /** By digest, how many use each module that is loaded or being loaded. */
    synchronized Map<String, Integer> users() {
        Map<String, Integer> users = new TreeMap<>();
        entries.forEach((digest, entry) -> users.put(digest, entry.users));
        return users;
    }

    /** Lets no load begin any more, interrupts those that run, and frees who waits for one. */
    @Override
    public void close() {
        threads.shutdownNow();
        List<Entry> waitedFor;
        synchronized (this) {
            waitedFor = List.copyOf(entries.values());
        }
        // Those that are loaded already stay so.
        waitedFor.forEach(entry -> entry.loaded.completeExceptionally(closed(null)));
    }

    private static ModuleRefusedException closed(Throwable cause) {
        return new ModuleRefusedException("the backend is closed", cause);
    }

    private synchronized Entry join(ModuleFile file, long loadBytes) {
        Entry entry = entries.get(file.sha256());
        if (entry == null) {
            entry = new Entry(file.sha256());
            Entry started = entry;
            try {
                threads.execute(() -> load(started, file.bytes(), loadBytes));
            } catch (RejectedExecutionException e) {
                throw closed(e);
            }
            entries.put(entry.digest, entry);
        }
        entry.users++;
        return entry;
    }

    private synchronized void leave(Entry entry) {
        entry.users--;
        if (entry.users == 0 && entry.loaded.isDone()) {
            entries.remove(entry.digest, entry);
        }
    }

    private void load(Entry entry, byte[] wasm, long loadBytes) {
        if (droppedUnused(entry)) {
            return;
        }
        try {
            Optional<WasmModule> module =
                    room.with(
                            loadBytes,
                            () ->
                                    // Its users may have given up while it waited for room.
                                    droppedUnused(entry)
                                            ? Optional.empty()
                                            : Optional.of(engine.load(wasm, entry.digest)));
            if (module.isEmpty()) {
                return;
            }
            entry.loaded.complete(module.get());
            droppedUnused(entry);
        } catch (Throwable t) {
            synchronized (this) {
                // Before anybody hears of it: who asks afterwards begins anew.
                entries.remove(entry.digest, entry);
            }
            entry.loaded.completeExceptionally(
                    t instanceof ModuleRefusedException
                            ? t
                            : new ModuleRefusedException(
                                    "the engine failed: " + PlainReason.of(t), t));
        }
    }

    private synchronized boolean droppedUnused(Entry entry) {
        return entry.users == 0 && entries.remove(entry.digest, entry);
    }

    /** A module and how many use it; the count is guarded by the cache. */
    private final class Entry {

        private final String digest;
        private final CompletableFuture<WasmModule> loaded = new CompletableFuture<>();
        private final LogRate logRate = LogRate.perSecond();
        private int users;

        Entry(String digest) {
            this.digest = digest;
        }

        Lease lease(WasmModule module) {
            AtomicBoolean open = new AtomicBoolean(true);
            return new Lease() {
                @Override
                public WasmModule module() {
                    return module;
                }

                @Override
                public String sha256() {
                    return digest;
                }

                @Override
                public LogRate logRate() {
                    return logRate;
                }

                @Override
                public void close() {
                    if (open.compareAndSet(true, false)) {
                        leave(Entry.this);
                    }
                }
            };
        }
    }
}
