package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.wasm.engine.Spending;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ticks of code and charges of memory go to one account, whatever the slices are. */
class MeterTest {

    private static final int STEPS = 20_000;

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2", "3, 7", "64, 1024", "100000, 100000"})
    void countsTheSameWhateverTheSlicesAre(int first, int most) {
        Random random = new Random(5);
        Meter meter =
                new Meter(
                        Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE),
                        new SliceSizes(first, most));
        GuestCounter counter = counter(meter);
        long expected = 0;

        for (int i = 0; i < STEPS; i++) {
            expected += step(random, meter, counter);
            assertThat(meter.used()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 7", "64, 1024", "100000, 100000"})
    void theLastUnitIsHandedOutAndNotOneMore(int first, int most) {
        long fuel = 10_000;
        Meter meter = new Meter(Spending.of(fuel, Long.MAX_VALUE), new SliceSizes(first, most));
        GuestCounter counter = counter(meter);
        Random random = new Random(6);
        while (meter.used() < fuel - 100) {
            step(random, meter, counter);
        }
        while (meter.used() < fuel) {
            GuestCounter.tick(counter);
        }

        assertThatThrownBy(() -> GuestCounter.tick(counter)).isInstanceOf(SpentException.class);
        assertThat(meter.used()).isEqualTo(fuel);
        assertThatThrownBy(() -> meter.charge(1)).isInstanceOf(SpentException.class);
        assertThat(meter.used()).isEqualTo(fuel);
    }

    /** Does one thing, and says how much that is. */
    private static long step(Random random, Meter meter, GuestCounter counter) {
        if (random.nextInt(4) > 0) {
            GuestCounter.tick(counter);
            return 1;
        }
        int units = random.nextInt(20);
        meter.charge(units);
        return units;
    }

    private static GuestCounter counter(Meter meter) {
        GuestCounter counter = new GuestCounter(meter);
        meter.count(counter, counter);
        return counter;
    }
}
