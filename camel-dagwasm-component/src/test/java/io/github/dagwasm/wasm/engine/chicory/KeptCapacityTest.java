package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.engine.HeapCost;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptCapacityTest {

    private static final int PAGE = 65536;

    private final Reserve reserve = new Reserve(200 * PAGE);

    @Test
    void growthTakesAQuarterMoreThanItNeeds() {
        FlatMemory memory = memory(4, 100);

        memory.grow(12);

        assertThat(reserve.changes).containsExactly(cost(20), -4);
        assertThat(memory.bytes).hasSize(20 * PAGE);
        memory.grow(4);
        assertThat(reserve.changes).hasSize(2);
        memory.grow(1);
        assertThat(reserve.changes).containsExactly(cost(20), -4, cost(26), -cost(20));
    }

    @Test
    void growthTakesNoMoreThanTheLimitLeaves() {
        FlatMemory memory = memory(4, 17);

        memory.grow(12);
        assertThat(memory.grow(2)).isEqualTo(-1);

        assertThat(reserve.changes).containsExactly(cost(17), -4);
    }

    @Test
    void growthTakesWhatItNeedsWhereThereIsNoMore() {
        int needed = whereAQuarterMoreCostsMore();
        reserve.pages = cost(needed + needed / 4) - 1L;
        FlatMemory memory = memory(4, 10_000);

        assertThat(memory.grow(needed - 4)).isEqualTo(4);
        assertThat(memory.bytes).hasSize(needed * PAGE);
        reserve.pages = cost(needed + 1) - 1L;
        assertThatThrownBy(() -> memory.grow(1)).hasMessage("nothing is left");

        assertThat(memory.pages()).isEqualTo(needed);
        assertThat(reserve.changes).containsExactly(cost(needed), -4);
    }

    /** In small regions of the heap both may take the same number of regions. */
    private static int whereAQuarterMoreCostsMore() {
        return IntStream.iterate(16, pages -> pages + 1)
                .filter(pages -> cost(pages + pages / 4) > cost(pages))
                .findFirst()
                .orElseThrow();
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

        assertThat(reserve.changes).containsExactly(cost(20), -4);
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
        assertThat(reserve.changes).containsExactly(cost(20), -4);

        memory.reset();

        assertThat(reserve.changes).containsExactly(cost(20), -4, 7, -cost(20));
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

        assertThat(reserve.changes).containsExactly(cost(20), -4);
    }

    @Test
    void whatIsTooLargeStaysWhereThereIsNoRoomToMakeASmallerOne() {
        FlatMemory memory = memory(4, 100);
        memory.adopt(memory.image());
        memory.grow(12);
        reserve.pages = 0;

        for (int i = 0; i < 2 * KeptCapacity.CALLS; i++) {
            memory.reset();
        }

        assertThat(memory.bytes).hasSize(20 * PAGE);
        assertThat(reserve.changes).containsExactly(cost(20), -4);
    }

    @Test
    void theMemoryOfFreshInstancesIsKeptAndGivenBackInTheSameWay() {
        FlatSpare spare = FlatSpare.none();
        FlatMemory first = memory(4, 100, spare);
        first.grow(12);
        spare = first.retire(10);
        assertThat(spare.bytes()).isEqualTo((long) cost(20) * PAGE + 10);

        for (int i = 0; i < KeptCapacity.CALLS; i++) {
            FlatMemory next = memory(4, 100, spare);
            assertThat(next.bytes).hasSize(20 * PAGE);
            spare = next.retire(10);
        }

        assertThat(spare.bytes()).isEqualTo(4 * PAGE + 10);
        assertThat(reserve.changes).containsExactly(cost(20), -4, 4, -cost(20));
    }

    @Test
    void anImageLargerThanTheMemoryTakesTheDifference() {
        FlatMemory large = Memories.of(new MemoryLimits(4, 100));
        large.grow(3);

        FlatMemory memory = memory(4, 100);

        memory.adopt(large.image());
        assertThat(memory.pages()).isEqualTo(7);
        assertThat(reserve.changes).containsExactly(3);
        reserve.pages = 2;
        assertThatThrownBy(() -> memory(4, 100).adopt(large.image())).hasMessage("nothing is left");
    }

    /** What an array takes, in pages. */
    private static int cost(int pages) {
        return (int) (HeapCost.ofArray((long) pages * PAGE) / PAGE);
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
        public boolean tryTake(long bytes) {
            int asked = (int) (bytes / PAGE);
            boolean taken = asked <= pages;
            if (taken) {
                pages -= asked;
                changes.add(asked);
            }
            return taken;
        }

        @Override
        public void take(long bytes) {
            if (!tryTake(bytes)) {
                throw new TrapException("nothing is left");
            }
        }

        @Override
        public void give(long bytes) {
            changes.add((int) (-bytes / PAGE));
        }

        @Override
        public DagWasmException heapSpent(OutOfMemoryError cause) {
            throw cause;
        }
    }
}
