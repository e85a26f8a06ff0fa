package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.dagwasm.wasm.engine.HeapCost;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Spending;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FlatMemoryTest {

    private static final int SEEDS = 1000;
    private static final int FEW_SEEDS = 200;
    private static final int ACCESSES = 200;
    private static final MemoryLimits DECLARED = new MemoryLimits(1, 8);

    @Test
    void doesWhatChicorysOwnMemoryDoes() {
        compare(0, FEW_SEEDS);
    }

    @Tag("ci")
    @Test
    void doesWhatChicorysOwnMemoryDoesForMoreSeeds() {
        compare(FEW_SEEDS, SEEDS);
    }

    private static void compare(int from, int to) {
        for (int seed = from; seed < to; seed++) {
            Random random = new Random(seed);
            FlatMemory ours = Memories.of(DECLARED);
            ByteArrayMemory theirs = new ByteArrayMemory(DECLARED);
            for (int i = 0; i < ACCESSES; i++) {
                RandomAccess access = new RandomAccess(random, ours.size);
                assertThat(access.on(ours))
                        .as("seed %d, access %d: %s", seed, i, access)
                        .isEqualTo(access.on(theirs));
            }
            assertThat(ours.pages()).as("seed %d", seed).isEqualTo(theirs.pages());
            assertThat(Arrays.equals(content(ours), content(theirs))).as("seed %d", seed).isTrue();
        }
    }

    /** Some images have bytes in every block, some in none, and some are of a memory that grew. */
    @Test
    void aResetLeavesTheImageAndNothingElse() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            FlatMemory memory = Memories.of(DECLARED);
            access(memory, random, random.nextInt(ACCESSES));
            MemoryImage image = memory.image();
            byte[] expected = content(memory);
            if (random.nextBoolean()) {
                memory = Memories.of(DECLARED);
                access(memory, random, random.nextInt(2));
            }
            memory.adopt(image);
            assertIs(memory, expected, seed);

            for (int call = 0; call < 4; call++) {
                access(memory, random, random.nextInt(ACCESSES / 4));
                memory.reset();
                assertIs(memory, expected, seed);
            }
        }
    }

    @Test
    void everyStoreIsForgottenWhereverItLies() {
        FlatMemory memory = Memories.of(DECLARED);
        memory.fill((byte) 7, 0, memory.size);
        memory.adopt(memory.image());
        byte[] expected = content(memory);

        for (int end = 4096; end <= 65536; end += 4096) {
            for (int address = end - 9; address <= end && address < 65536; address++) {
                for (Store store : Store.ALL) {
                    store.to(memory, address);
                    memory.reset();
                    assertThat(Arrays.equals(content(memory), expected))
                            .as("%s to %d", store, address)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void growthAfterAResetIsClear() {
        FlatMemory memory = Memories.of(DECLARED);
        memory.adopt(memory.image());
        memory.grow(3);
        memory.fill((byte) 1, 0, memory.size);

        memory.reset();

        assertThat(Store.LONG.to(memory, 65529)).isFalse();
        assertThatThrownBy(() -> memory.readInt(65533))
                .hasMessage(
                        "out of bounds memory access: attempted to access address: 65533 but limit"
                                + " is: 65536 and size: 4");
        assertThat(memory.grow(3)).isEqualTo(1);
        assertThat(isClear(content(memory), 0)).isTrue();
    }

    /** The JVM clears 64 MiB in no less than the 6 ms that are expected, and nothing stops it. */
    @Test
    void growthThatCannotBeDoneInTimeIsNotBegun() {
        MemoryLimits declared = new MemoryLimits(1, 1024);
        Meter meter = Memories.meter();
        FlatMemory memory =
                new FlatMemory(
                        declared,
                        Memories.growth(declared, MemoryReserve.UNLIMITED),
                        meter,
                        FlatSpare.none());
        meter.begin(Spending.of(Spending.UNLIMITED_FUEL, 3_000_000));

        assertThatThrownBy(() -> memory.grow(1023)).isInstanceOf(SpentException.class);

        assertThat(memory.bytes).hasSize(65536);
    }

    @Test
    void whatIsTakenOutIsClear() {
        for (int seed = 0; seed < SEEDS / 10; seed++) {
            Random random = new Random(seed);
            FlatMemory memory = Memories.of(DECLARED);
            access(memory, random, ACCESSES);
            if (random.nextBoolean()) {
                memory.adopt(memory.image());
                access(memory, random, ACCESSES);
            }

            byte[] array = memory.bytes;
            FlatSpare spare = memory.retire(0);

            assertThat(spare.bytes()).isEqualTo(HeapCost.ofArray(array.length));
            assertThat(isClear(array, 0)).as("seed %d", seed).isTrue();
            FlatMemory next = Memories.of(DECLARED, spare);
            assertThat(next.pages()).isEqualTo(1);
            assertThat(next.bytes).isSameAs(array);
            assertThat(spare.take()).as("held once").isEmpty();
        }
    }

    @Test
    void aResetThatSkipsABlockIsFoundOut() {
        FlatMemory memory = ForgetfulMemory.of(DECLARED, 3);
        memory.adopt(memory.image());
        memory.writeByte(3 * 4096, (byte) 1);
        memory.writeByte(4 * 4096, (byte) 1);

        memory.reset();

        assertThat(memory.read(3 * 4096)).isEqualTo((byte) 1);
        assertThat(memory.read(4 * 4096)).isZero();
    }

    private static void access(FlatMemory memory, Random random, int times) {
        for (int i = 0; i < times; i++) {
            new RandomAccess(random, memory.size).on(memory);
        }
    }

    private static void assertIs(FlatMemory memory, byte[] expected, int seed) {
        assertThat(memory.size).as("seed %d", seed).isEqualTo(expected.length);
        assertThat(Arrays.equals(content(memory), expected)).as("seed %d", seed).isTrue();
        assertThat(isClear(memory.bytes, memory.size)).as("seed %d, beyond", seed).isTrue();
        assertThat(memory.marks).hasSize(memory.size / 4096);
        assertThat(isClear(memory.marks, 0)).as("seed %d, marks", seed).isTrue();
    }

    private static boolean isClear(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] content(Memory memory) {
        return memory.readBytes(0, memory.pages() * Memory.PAGE_SIZE);
    }
}
