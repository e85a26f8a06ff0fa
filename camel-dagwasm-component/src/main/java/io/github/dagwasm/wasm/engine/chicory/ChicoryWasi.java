package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.engine.GuestExitException;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.Wasi;
import io.github.dagwasm.wasm.engine.WasiFunctions;
import io.github.dagwasm.wasm.engine.WasiWorld;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * WASI preview 1 over Chicory's library, which keeps the file descriptors. Clocks, randomness, the
 * arguments and the end of the guest are the world's or the call's, and are seen to here: the
 * library would sleep, look at the machine's clock, and believe the guest's lengths.
 */
final class ChicoryWasi implements Wasi {

    /**
     * Functions that change nothing that outlives a message but what the world itself begins anew.
     * Any other, a new one too, makes the descriptors be opened again.
     */
    private static final Set<String> HARMLESS =
            Set.of(
                    "args_get",
                    "args_sizes_get",
                    "clock_res_get",
                    "clock_time_get",
                    "environ_get",
                    "environ_sizes_get",
                    "fd_fdstat_get",
                    "fd_filestat_get",
                    "fd_prestat_dir_name",
                    "fd_prestat_get",
                    "fd_read",
                    "fd_seek",
                    "fd_tell",
                    "fd_write",
                    "poll_oneoff",
                    "proc_exit",
                    "random_get",
                    "sched_yield");

    private static final String SIGNAL = "the guest trapped: it raised a signal against itself";
    private static final int RANDOM_PIECE = 4096;

    /** What one function does: an error number comes of it. */
    @FunctionalInterface
    private interface Body {
        int call(WasmMemory memory, long[] arguments);
    }

    private final WasiWorld world;
    private final GuestDescriptors descriptors;
    private final GuestStrings arguments;
    private final GuestStrings environment;
    private final GuestTime time;
    private final List<HostFunction> functions;
    private boolean changed;

    /**
     * Makes functions.
     *
     * @param world what they show of the outside
     * @param names which ones
     */
    ChicoryWasi(WasiWorld world, Collection<String> names) {
        this.world = world;
        descriptors = new GuestDescriptors(world);
        arguments = new GuestStrings(world.arguments());
        environment =
                new GuestStrings(
                        world.environment().entrySet().stream()
                                .map(variable -> variable.getKey() + "=" + variable.getValue())
                                .toList());
        time = new GuestTime(world.clock(), descriptors);
        functions = names.stream().map(this::function).toList();
    }

    @Override
    public List<HostFunction> functions() {
        return functions;
    }

    @Override
    public void renew() {
        descriptors.clear();
        if (changed) {
            changed = false;
            descriptors.reopen();
        }
    }

    private HostFunction function(String name) {
        Body body = body(name);
        HostFunction.Body whole =
                HARMLESS.contains(name)
                        ? (memory, a) -> new long[] {body.call(memory, a)}
                        : (memory, a) -> {
                            changed = true;
                            return new long[] {body.call(memory, a)};
                        };
        return new HostFunction(
                WasiFunctions.MODULE, name, WasiFunctions.signature(name).orElseThrow(), whole);
    }

    private Body body(String name) {
        return switch (name) {
            case "args_get" -> arguments::get;
            case "args_sizes_get" -> arguments::sizes;
            case "environ_get" -> environment::get;
            case "environ_sizes_get" -> environment::sizes;
            case "clock_res_get" -> time::resolution;
            case "clock_time_get" -> time::now;
            case "poll_oneoff" -> time::poll;
            case "random_get" -> this::random;
            case "sched_yield" -> (memory, a) -> WasiErrors.NONE;
            case "proc_exit" -> ChicoryWasi::exit;
            case "proc_raise" -> ChicoryWasi::raise;
            default -> name.startsWith("fd_") ? ofDescriptor(name) : ofNothing(name);
        };
    }

    private Body ofDescriptor(String name) {
        return switch (name) {
            case "fd_read" -> descriptors::read;
            case "fd_write" -> descriptors::write;
            case "fd_fdstat_get" -> descriptors::stat;
            case "fd_filestat_get" -> descriptors::fileStat;
            case "fd_pread" -> (memory, a) -> descriptors.readAt(a);
            case "fd_pwrite" -> (memory, a) -> descriptors.writeAt(a);
            case "fd_seek" -> (memory, a) -> descriptors.seek(a);
            case "fd_tell" -> (memory, a) -> descriptors.tell(a);
            case "fd_close" -> (memory, a) -> descriptors.close(a);
            case "fd_renumber" -> (memory, a) -> descriptors.renumber(a);
            case "fd_advise" -> (memory, a) -> descriptors.advise(a);
            case "fd_allocate" -> (memory, a) -> descriptors.allocate(a);
            case "fd_datasync", "fd_sync" -> (memory, a) -> descriptors.sync(a);
            case "fd_fdstat_set_flags" -> (memory, a) -> descriptors.setFlags(a);
            case "fd_fdstat_set_rights" -> (memory, a) -> descriptors.setRights(a);
            case "fd_filestat_set_size" -> (memory, a) -> descriptors.setSize(a);
            case "fd_filestat_set_times" -> (memory, a) -> descriptors.setTimes(a);
            case "fd_prestat_get" -> (memory, a) -> descriptors.preopened(a);
            case "fd_prestat_dir_name" -> (memory, a) -> descriptors.preopenedName(a);
            case "fd_readdir" -> (memory, a) -> descriptors.asDirectory(a[0]);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** There are no files and no sockets, so only the descriptor is looked at. */
    private Body ofNothing(String name) {
        if (name.startsWith("sock_")) {
            return (memory, a) -> descriptors.asSocket(a[0]);
        }
        // The first argument of this one is the text of a link.
        int descriptor = name.equals("path_symlink") ? 2 : 0;
        return (memory, a) -> descriptors.asDirectory(a[descriptor]);
    }

    private int random(WasmMemory memory, long[] a) {
        long at = GuestBytes.unsigned(a[0]);
        long length = GuestBytes.unsigned(a[1]);
        GuestBytes.require(memory, at, length);
        long end = at + length;
        while (at < end) {
            byte[] piece = new byte[(int) Math.min(RANDOM_PIECE, end - at)];
            world.random().nextBytes(piece);
            memory.write(at, piece);
            at += piece.length;
        }
        return WasiErrors.NONE;
    }

    private static int exit(WasmMemory memory, long[] a) {
        throw new GuestExitException((int) a[0]);
    }

    private static int raise(WasmMemory memory, long[] a) {
        throw new TrapException(SIGNAL);
    }
}
