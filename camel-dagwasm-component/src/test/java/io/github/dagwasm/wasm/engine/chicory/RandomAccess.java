package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;
import java.util.Arrays;
import java.util.Random;

/**
 * One thing that is done with a memory, drawn at random: an access of every width, a bulk
 * instruction, growth, or what the host does. It lies where something may go wrong more often than
 * chance would have it: at the ends of blocks, of pages, of the memory, and of 31 bits.
 */
final class RandomAccess {

    static final String TRAP = "trap";

    private static final int BLOCK = 4096;
    private static final int NEAR = 12;
    private static final int MOST = 20_000;

    private final int kind;
    private final int address;
    private final int other;
    private final int length;
    private final long value;

    RandomAccess(Random random, int size) {
        kind = random.nextInt(20);
        address = address(random, size);
        other = address(random, size);
        length = random.nextInt(4) == 0 ? random.nextInt(MOST) : random.nextInt(2 * NEAR);
        value = random.nextLong();
    }

    private static int address(Random random, int size) {
        int near = random.nextInt(2 * NEAR) - NEAR;
        return switch (random.nextInt(8)) {
            case 0 -> size + near;
            case 1 -> near;
            case 2 -> Integer.MAX_VALUE - random.nextInt(NEAR);
            case 3 -> random.nextInt();
            case 4, 5 -> random.nextInt(size / BLOCK + 1) * BLOCK + near;
            default -> random.nextInt(size + 1);
        };
    }

    /**
     * Does it.
     *
     * @return what it came to: a value, or {@link #TRAP}
     */
    Object on(Memory memory) {
        try {
            return kind < 10 ? access(memory) : other(memory);
        } catch (ChicoryException | IndexOutOfBoundsException e) {
            return TRAP;
        }
    }

    private Object access(Memory memory) {
        return switch (kind) {
            case 0 -> memory.read(address);
            case 1 -> memory.readShort(address);
            case 2 -> memory.readInt(address);
            case 3 -> memory.readLong(address);
            case 4 -> Float.floatToRawIntBits(memory.readFloat(address));
            case 5 -> Double.doubleToRawLongBits(memory.readDouble(address));
            case 6 -> memory.readU16(address);
            case 7 -> memory.readF32(address);
            case 8 -> memory.readF64(address);
            default -> Arrays.hashCode(memory.readBytes(address, length));
        };
    }

    private Object other(Memory memory) {
        switch (kind) {
            case 10 -> memory.writeByte(address, (byte) value);
            case 11 -> memory.writeShort(address, (short) value);
            case 12 -> memory.writeI32(address, (int) value);
            case 13 -> memory.writeLong(address, value);
            case 14 -> memory.writeF32(address, Float.intBitsToFloat((int) value & ~(1 << 22)));
            case 15 -> memory.writeF64(address, (double) value);
            case 16 -> memory.write(address, host(), 0, length);
            case 17 -> memory.fill((byte) value, address, address + length);
            case 18 -> memory.copy(address, other, length);
            default -> {
                return value % 4 == 0 ? memory.grow((int) (value >>> 62)) : memory.pages();
            }
        }
        return "";
    }

    private byte[] host() {
        byte[] bytes = new byte[length];
        new Random(value).nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "kind %d, address %d, other %d, length %d, value %d"
                .formatted(kind, address, other, length, value);
    }
}
