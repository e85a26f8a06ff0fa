package io.github.dagwasm.wasm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapCostTest {

    private static final long MIB = 1 << 20;

    /** Sizes in MiB: of the heap, and of a region that G1 chooses for it. */
    @ParameterizedTest
    @CsvSource({"64, 1", "256, 1", "2048, 1", "3072, 2", "4096, 2", "65536, 32", "1000000, 32"})
    void anArrayOfHalfARegionTakesAllOfIt(long heap, long region) {
        HeapCost cost = new HeapCost(heap * MIB);
        long half = region * MIB / 2;

        assertThat(cost.of(half - 16)).isEqualTo(half - 16);
        assertThat(cost.of(half - 15)).isEqualTo(2 * half);
        assertThat(cost.of(2 * half - 16)).isEqualTo(2 * half);
        assertThat(cost.of(2 * half)).isEqualTo(4 * half);
    }

    @Test
    void nothingCostsNothing() {
        assertThat(HeapCost.ofArray(0)).isZero();
    }
}
