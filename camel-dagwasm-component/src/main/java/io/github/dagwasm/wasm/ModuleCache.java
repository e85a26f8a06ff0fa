package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.text.Seconds;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loaded modules, shared by digest and counted. Each is parsed and compiled once, on a thread of
 * the cache's own, and dropped with its classes when nobody uses it any more. A load that fails is
 * forgotten. Safe for use by any number of threads.
 *
 * <p>A compiler cannot be stopped. So a caller waits for a load until it has computed for its time,
 * whatever else the machine does meanwhile, and no longer than ten times that. A load that nobody
 * waits for any more goes on without a place, see {@link LoadRoom}; a caller that asks for the same
 * module again joins it.
 *
 * <p>Loads that run at one time take no more than half of the heap together, by admission's
 * estimate, those that nobody waits for included.
 */
final class ModuleCache implements AutoCloseable {

    /** How many loads run at a time. */
    static final int CONCURRENT_LOADS = 2;

    /**
     * How many loads go on that nobody waits for, beside those that keep their places. Each may
     * keep a processor busy for good. More than a few are no accident but an attack.
     */
    static final int MOST_LEFT_BEHIND = 4;

    /** How many times as long as a load may compute, its callers wait for it at most. */
    private static final int LONGEST_WAIT = 10;

    /** How long a caller waits before it looks again, in nanoseconds. */
    private static final long SHORTEST_LOOK = 1_000_000;

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
    private final LoadRoom room;
    private final Map<String, Entry> entries = new HashMap<>();

    ModuleCache(WasmEngine engine, int concurrentLoads) {
        this(engine, concurrentLoads, Runtime.getRuntime().maxMemory() / 2);
    }

    ModuleCache(WasmEngine engine, int concurrentLoads, long heapForLoads) {
        this.engine = engine;
        room = new LoadRoom(concurrentLoads, heapForLoads, MOST_LEFT_BEHIND);
    }

    /**
     * Takes a share in a module, and loads it if need be.
     *
     * @param loadBytes an estimate of the heap that loading it takes
     * @throws ModuleRefusedException if it cannot be loaded, if the deadline passes, if there is no
     *     room because of loads that were left behind, or if the thread is interrupted, whose flag
     *     is set then
     */
    Lease acquire(ModuleFile file, long loadBytes, LoadTime time) {
        Entry entry = join(file, loadBytes);
        try {
            return entry.lease(loaded(entry, time.limit()));
        } catch (TimeoutException e) {
            leave(entry);
            throw new ModuleRefusedException(e.getMessage() + time.namedOption(), e);
        } catch (InterruptedException e) {
            leave(entry);
            Thread.currentThread().interrupt();
            throw new ModuleRefusedException("the thread was interrupted while it was loaded", e);
        } catch (ExecutionException e) {
            leave(entry);
            throw new ModuleRefusedException(e.getCause().getMessage(), e.getCause());
        }
    }

    /**
     * Waits for a load as long as it has not computed for its time since then. A machine may be so
     * busy that it computes next to nothing: that, too, comes to an end.
     */
    private static WasmModule loaded(Entry entry, Duration timeout)
            throws InterruptedException, ExecutionException, TimeoutException {
        long begin = System.nanoTime();
        long before = entry.work.nanos();
        Duration longest = timeout.multipliedBy(LONGEST_WAIT);
        while (true) {
            long toCompute = timeout.toNanos() - (entry.work.nanos() - before);
            long toWait = longest.toNanos() - (System.nanoTime() - begin);
            if (toCompute <= 0) {
                throw new TimeoutException(notWithin(timeout) + " of processor time");
            }
            if (toWait <= 0) {
                throw new TimeoutException(
                        notWithin(longest)
                                + ", ten times what it may compute: the machine is busy");
            }
            try {
                return entry.loaded.get(
                        Math.max(SHORTEST_LOOK, Math.min(toCompute, toWait)), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // It may have waited for a processor: look again.
            }
        }
    }

    private static String notWithin(Duration time) {
        return "it was not loaded within " + Seconds.of(time);
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

    /** What loads have now. */
    LoadUse loads() {
        return room.use();
    }

    /** Lets no load begin any more, interrupts those that run, and frees their callers. */
    @Override
    public void close() {
        room.close();
        List<Entry> waitedFor;
        synchronized (this) {
            waitedFor = List.copyOf(entries.values());
        }
        // Those that are loaded already stay so.
        waitedFor.forEach(entry -> entry.loaded.completeExceptionally(LoadRoom.closed()));
    }

    private synchronized Entry join(ModuleFile file, long loadBytes) {
        Entry entry = entries.get(file.sha256());
        if (entry == null) {
            entry = new Entry(file.sha256());
            entries.put(entry.digest, entry);
            try {
                entry.load = Optional.of(room.enter(loadBytes, new Loading(entry, file.bytes())));
            } catch (ModuleRefusedException e) {
                entries.remove(entry.digest, entry);
                throw e;
            }
        }
        entry.users++;
        return entry;
    }

    private synchronized void leave(Entry entry) {
        entry.users--;
        if (entry.users > 0) {
            return;
        }
        // One that runs stays, to be joined, and drops itself at its end.
        if (entry.loaded.isDone() || entry.load.map(LoadRoom.Load::giveUp).orElse(true)) {
            entries.remove(entry.digest, entry);
        }
    }

    /** Nobody needs the bytes any more, which the load holds; nor a module without users. */
    private synchronized void loaded(Entry entry) {
        entry.load = Optional.empty();
        if (entry.users == 0) {
            entries.remove(entry.digest, entry);
        }
    }

    /** Before anybody hears of it: who asks afterwards begins anew. */
    private synchronized void failed(Entry entry) {
        entry.load = Optional.empty();
        entries.remove(entry.digest, entry);
    }

    /** The load of an entry. */
    private final class Loading implements LoadRoom.Work {

        private final Entry entry;
        private final byte[] wasm;

        Loading(Entry entry, byte[] wasm) {
            this.entry = entry;
            this.wasm = wasm;
        }

        @Override
        public void load() {
            entry.work.start();
            try {
                entry.loaded.complete(engine.load(wasm, entry.digest));
                loaded(entry);
            } catch (ModuleRefusedException e) {
                refuse(e);
            } catch (Throwable t) {
                refuse(new ModuleRefusedException("the engine failed: " + PlainReason.of(t), t));
            }
        }

        @Override
        public void refuse(ModuleRefusedException reason) {
            failed(entry);
            entry.loaded.completeExceptionally(reason);
        }
    }

    /** A module and how many use it; count and load are guarded by the cache. */
    private final class Entry {

        private final String digest;
        private final CompletableFuture<WasmModule> loaded = new CompletableFuture<>();
        private final LogRate logRate = LogRate.perSecond();
        private final WorkTime work = new WorkTime();
        private Optional<LoadRoom.Load> load = Optional.empty();
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
