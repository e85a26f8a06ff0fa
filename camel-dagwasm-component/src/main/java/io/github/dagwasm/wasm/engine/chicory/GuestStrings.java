package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasmMemory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A list of strings as C has it: each ends with a NUL, and a table says where each begins.
 * Immutable.
 */
final class GuestStrings {

    private final byte[] content;
    private final int[] offsets;

    GuestStrings(List<String> strings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        offsets = new int[strings.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = out.size();
            out.writeBytes(strings.get(i).getBytes(StandardCharsets.UTF_8));
            out.write(0);
        }
        content = out.toByteArray();
    }

    /** {@code args_sizes_get(count, bytes)}. */
    int sizes(WasmMemory memory, long[] a) {
        GuestBytes.writeInt(memory, GuestBytes.unsigned(a[0]), offsets.length);
        GuestBytes.writeInt(memory, GuestBytes.unsigned(a[1]), content.length);
        return WasiErrors.NONE;
    }

    /** {@code args_get(table, bytes)}. */
    int get(WasmMemory memory, long[] a) {
        long place = GuestBytes.unsigned(a[1]);
        byte[] table = new byte[offsets.length * Integer.BYTES];
        for (int i = 0; i < offsets.length; i++) {
            GuestBytes.putInt(table, i * Integer.BYTES, (int) (place + offsets[i]));
        }
        GuestBytes.write(memory, place, content);
        GuestBytes.write(memory, GuestBytes.unsigned(a[0]), table);
        return WasiErrors.NONE;
    }
}
