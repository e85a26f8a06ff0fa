package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.log.Logger;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.dagwasm.wasm.engine.WasiWorld;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.io.IOException;
import java.util.Random;

/**
 * A guest's file descriptors, which Chicory's library keeps: the three standard streams, and
 * nothing that could lead to another. The library never sees the guest's memory. It works at a desk
 * of its own, where it finds small ranges that are as they should be, and what goes to and from the
 * guest is copied in pieces that are checked and charged.
 */
final class GuestDescriptors {

    private static final int READABLE = 1 << 1;
    private static final int WRITABLE = 1 << 6;

    /** Where on the desk the only vector is, what was read or written, and the bytes. */
    private static final int VECTOR = 0;

    private static final int COUNT = 8;
    private static final byte[] NO_COUNTS = new byte[COUNT + Integer.BYTES];
    private static final int BYTES = 4096;

    /** How many bytes are copied between two looks at the meter. */
    static final int PIECE = 60 << 10;

    /** The least that a memory can have. */
    static final long DESK_BYTES = Memory.PAGE_SIZE;

    private static final int STAT_BYTES = 24;
    private static final int RIGHTS = 8;
    private static final int FILE_STAT_BYTES = 64;

    /** Asked by nobody; without it the library would seed one for itself each time. */
    private static final Random UNUSED = new Random(0);

    private final WasiWorld world;
    private final Memory desk = new ByteArrayMemory(new MemoryLimits(1, 1));
    private WasiPreview1 library;

    /** How many bytes of the desk may be a guest's. */
    private int used;

    GuestDescriptors(WasiWorld world) {
        this.world = world;
        library = library(world);
    }

    /** No directory is handed in, here or anywhere: so no path leads to a file. */
    private static WasiPreview1 library(WasiWorld world) {
        WasiOptions options =
                WasiOptions.builder()
                        .withStdin(world.in(), false)
                        .withStdout(world.out(), false)
                        .withStderr(world.err(), false)
                        .withRandom(UNUSED)
                        .build();
        return WasiPreview1.builder().withLogger(Silence.KEPT).withOptions(options).build();
    }

    /** Opens the three again, as if nothing had been done to them. */
    void reopen() {
        library = library(world);
    }

    /** Leaves nothing of what went over the desk, nor how much that was. */
    void clear() {
        if (used > 0) {
            desk.write(VECTOR, NO_COUNTS, 0, NO_COUNTS.length);
            desk.write(BYTES, new byte[used], 0, used);
            used = 0;
        }
    }

    /** {@code fd_read(fd, vectors, count, read)}. */
    int read(WasmMemory memory, long[] a) {
        long result = GuestBytes.unsigned(a[3]);
        GuestBytes.require(memory, result, Integer.BYTES);
        int fd = (int) a[0];
        GuestVectors vectors = vectors(memory, a);
        int error = library.fdRead(desk, fd, VECTOR, 0, COUNT);
        long total = 0;
        boolean more = true;
        for (int i = 0; error == WasiErrors.NONE && more && i < vectors.count(); i++) {
            long at = vectors.address(i);
            long end = at + vectors.length(i);
            while (more && at < end) {
                int asked = (int) Math.min(end - at, available());
                error = readPiece(fd, asked);
                int got = error == WasiErrors.NONE ? desk.readInt(COUNT) : 0;
                GuestBytes.write(memory, at, desk.readBytes(BYTES, got));
                at += got;
                total += got;
                more = got > 0;
            }
        }
        if (error == WasiErrors.NONE) {
            GuestBytes.writeInt(memory, result, (int) total);
        }
        return error;
    }

    /** What a reader of standard input can have at once; at least one, so that it finds the end. */
    int available() {
        try {
            return Math.max(1, Math.min(PIECE, world.in().available()));
        } catch (IOException e) {
            return 1;
        }
    }

    private int readPiece(int fd, int length) {
        used = Math.max(used, length);
        desk.writeI32(VECTOR, BYTES);
        desk.writeI32(VECTOR + Integer.BYTES, length);
        return library.fdRead(desk, fd, VECTOR, 1, COUNT);
    }

    /** {@code fd_write(fd, vectors, count, written)}. */
    int write(WasmMemory memory, long[] a) {
        long result = GuestBytes.unsigned(a[3]);
        GuestBytes.require(memory, result, Integer.BYTES);
        int fd = (int) a[0];
        GuestVectors vectors = vectors(memory, a);
        int error = library.fdWrite(desk, fd, VECTOR, 0, COUNT);
        long total = 0;
        for (int i = 0; error == WasiErrors.NONE && i < vectors.count(); i++) {
            long length = Math.min(vectors.length(i), Integer.MAX_VALUE - total);
            long at = vectors.address(i);
            long end = at + length;
            while (error == WasiErrors.NONE && at < end) {
                int piece = (int) Math.min(end - at, PIECE);
                error = writePiece(fd, memory.read(at, piece));
                at += piece;
            }
            total += length;
        }
        if (error == WasiErrors.NONE) {
            GuestBytes.writeInt(memory, result, (int) total);
        }
        return error;
    }

    private int writePiece(int fd, byte[] piece) {
        used = Math.max(used, piece.length);
        desk.write(BYTES, piece, 0, piece.length);
        desk.writeI32(VECTOR, BYTES);
        desk.writeI32(VECTOR + Integer.BYTES, piece.length);
        return library.fdWrite(desk, fd, VECTOR, 1, COUNT);
    }

    private static GuestVectors vectors(WasmMemory memory, long[] a) {
        return GuestVectors.of(memory, GuestBytes.unsigned(a[1]), GuestBytes.unsigned(a[2]));
    }

    /** {@code fd_pread}: nothing here has places to read from, so there is nothing to read. */
    int readAt(long[] a) {
        return library.fdPread(desk, (int) a[0], VECTOR, 0, a[3], COUNT);
    }

    int writeAt(long[] a) {
        return library.fdPwrite(desk, (int) a[0], VECTOR, 0, a[3], COUNT);
    }

    int seek(long[] a) {
        return library.fdSeek(desk, (int) a[0], a[1], (int) a[2], COUNT);
    }

    int tell(long[] a) {
        return library.fdTell(desk, (int) a[0], COUNT);
    }

    /** {@code fd_fdstat_get(fd, stat)}. */
    int stat(WasmMemory memory, long[] a) {
        return answer(memory, a, library.fdFdstatGet(desk, (int) a[0], BYTES), STAT_BYTES);
    }

    /** {@code fd_filestat_get(fd, stat)}. */
    int fileStat(WasmMemory memory, long[] a) {
        return answer(memory, a, library.fdFilestatGet(desk, (int) a[0], BYTES), FILE_STAT_BYTES);
    }

    private int answer(WasmMemory memory, long[] a, int error, int length) {
        used = Math.max(used, length);
        if (error == WasiErrors.NONE) {
            GuestBytes.write(memory, GuestBytes.unsigned(a[1]), desk.readBytes(BYTES, length));
        }
        return error;
    }

    /** Whether a descriptor is open, and lets through what is asked: an error number. */
    int ready(int fd, boolean toRead) {
        int error = library.fdFdstatGet(desk, fd, BYTES);
        used = Math.max(used, STAT_BYTES);
        if (error != WasiErrors.NONE) {
            return error;
        }
        long right = toRead ? READABLE : WRITABLE;
        return (desk.readLong(BYTES + RIGHTS) & right) != 0
                ? WasiErrors.NONE
                : WasiErrors.NOT_SUPPORTED;
    }

    int close(long[] a) {
        return library.fdClose((int) a[0]);
    }

    int renumber(long[] a) {
        return library.fdRenumber((int) a[0], (int) a[1]);
    }

    int advise(long[] a) {
        return library.fdAdvise((int) a[0], a[1], a[2], (int) a[3]);
    }

    int allocate(long[] a) {
        return library.fdAllocate((int) a[0], a[1], a[2]);
    }

    int sync(long[] a) {
        return library.fdSync((int) a[0]);
    }

    int setFlags(long[] a) {
        return library.fdFdstatSetFlags((int) a[0], (int) a[1]);
    }

    int setRights(long[] a) {
        return library.fdFdstatSetRights((int) a[0], a[1], a[2]);
    }

    int setSize(long[] a) {
        return library.fdFilestatSetSize((int) a[0], a[1]);
    }

    int setTimes(long[] a) {
        return library.fdFilestatSetTimes((int) a[0], a[1], a[2], (int) a[3]);
    }

    int preopened(long[] a) {
        return library.fdPrestatGet(desk, (int) a[0], BYTES);
    }

    int preopenedName(long[] a) {
        return library.fdPrestatDirName(desk, (int) a[0], BYTES, 0);
    }

    /** What is said of a path, whatever it is: nothing is a directory that it could begin at. */
    int asDirectory(long fd) {
        return library.fdReaddir(desk, (int) fd, BYTES, 0, 0, COUNT);
    }

    /** What is said to who wants a socket: nothing is one. */
    int asSocket(long fd) {
        return library.sockShutdown((int) fd, 0);
    }

    /** What the library says to nobody; it would look for a logger elsewhere. */
    private enum Silence implements Logger {
        KEPT;

        @Override
        public void log(Level level, String message, Throwable throwable) {
            // Nobody listens.
        }

        @Override
        public boolean isLoggable(Level level) {
            return false;
        }
    }
}
