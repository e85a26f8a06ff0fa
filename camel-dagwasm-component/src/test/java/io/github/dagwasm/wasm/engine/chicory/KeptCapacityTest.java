package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.TrapException;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptCapacityTest {

    private static final int PAGE = 65536;

    private final Reserve reserve = new Reserve(200 * PAGE);

    @Test
    void growthTakesAQuarterMoreThanItNeeds() {
        FlatMemory memory = memory(4, 100);

        memory.grow(12);

        assertThat(reserve.changes).containsExactly(16);
        assertThat(memory.bytes).hasSize(20 * PAGE);
        memory.grow(4);
        assertThat(reserve.changes).containsExactly(16);
        memory.grow(1);
        assertThat(reserve.changes).containsExactly(16, 6);
    }

    @Test
    void growthTakesNoMoreThanTheLimitLeaves() {
        FlatMemory memory = memory(4, 17);

        memory.grow(12);
        assertThat(memory.grow(2)).isEqualTo(-1);

        assertThat(reserve.changes).containsExactly(13);
    }

    @Test
    void growthTakesWhatItNeedsWhereThereIsNoMore() {
        reserve.pages = 12;
        FlatMemory memory = memory(4, 100);

        assertThat(memory.grow(12)).isEqualTo(4);
        assertThat(memory.bytes).hasSize(16 * PAGE);
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.pages()).isEqualTo(16);
        assertThat(reserve.changes).containsExactly(12);
    }

    @Test
    void whatACallGrewByIsKeptAndCostsTheNextOneNothing() {
        FlatMemory memory = memory(4, 100);
        memory.adopt(memory.image());

        for (int i = 0; i < 100; i++) {
            memory.grow(12);
            memory.reset();
            assertThat(memory.pages()).isEqualTo(4);
        }

        assertThat(reserve.changes).containsExactly(16);
    }

    @Test
    void whatManyCallsInARowCouldDoWithoutIsGivenBack() {
        FlatMemory memory = memory(4, 100);
        memory.write(5, new byte[] {1, 2, 3});
        memory.adopt(memory.image());
        memory.grow(12);
        memory.reset();
        for (int i = 0; i < KeptCapacity.CALLS - 1; i++) {
            memory.grow(i == 7 ? 3 : 1);
            memory.reset();
        }
        assertThat(reserve.changes).containsExactly(16);

        memory.reset();

        assertThat(reserve.changes).containsExactly(16, -13);
        assertThat(memory.bytes).hasSize(7 * PAGE).startsWith(0, 0, 0, 0, 0, 1, 2, 3, 0);
    }

    @Test
    void oneCallThatNeedsItKeepsAll() {
        FlatMemory memory = memory(4, 100);
        memory.adopt(memory.image());
        memory.grow(12);
        for (int i = 0; i < 10 * KeptCapacity.CALLS; i++) {
            memory.reset();
            if (i % KeptCapacity.CALLS == 1) {
                memory.grow(6);
            }
        }

        assertThat(reserve.changes).containsExactly(16);
    }

    @Test
    void theMemoryOfFreshInstancesIsKeptAndGivenBackInTheSameWay() {
        FlatSpare spare = FlatSpare.none();
        FlatMemory first = memory(4, 100, spare);
        first.grow(12);
        spare = first.retire(10);
        assertThat(spare.bytes()).isEqualTo(20 * PAGE + 10);

        for (int i = 0; i < KeptCapacity.CALLS; i++) {
            assertThat(spare.array()).hasSize(20 * PAGE);
            spare = memory(4, 100, spare).retire(10);
        }

        assertThat(spare.bytes()).isEqualTo(4 * PAGE + 10);
        assertThat(reserve.changes).containsExactly(16, -16);
    }

    @Test
    void anImageLargerThanTheMemoryTakesTheDifference() {
        FlatMemory large = Memories.of(new MemoryLimits(4, 100));
        large.grow(3);

        FlatMemory memory = memory(4, 100);

        assertThat(memory.adopt(large.image())).isTrue();
        assertThat(memory.pages()).isEqualTo(7);
        assertThat(reserve.changes).containsExactly(3);
        reserve.pages = 2;
        assertThat(memory(4, 100).adopt(large.image())).isFalse();
    }

    private FlatMemory memory(int pages, int most) {
        return memory(pages, most, FlatSpare.none());
    }

    private FlatMemory memory(int pages, int most, FlatSpare spare) {
        MemoryLimits declared = new MemoryLimits(pages, most);
        return new FlatMemory(
                declared, Memories.growth(declared, reserve), Memories.meter(), spare);
    }

    /** Counts in pages, and remembers what was taken and given back. */
    private static final class Reserve implements MemoryReserve {

        private final List<Integer> changes = new ArrayList<>();
        private long pages;

        Reserve(long bytes) {
            pages = bytes / PAGE;
        }

        @Override
        public Optional<DagWasmException> take(long bytes) {
            int asked = (int) (bytes / PAGE);
            if (asked > pages) {
                return Optional.of(new TrapException("nothing is left"));
            }
            pages -= asked;
            changes.add(asked);
            return Optional.empty();
        }

        @Override
        public void give(long bytes) {
            changes.add((int) (-bytes / PAGE));
        }
    }
}
