package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the judge of the test suite takes for equal. */
class SpecValueTest {

    @Test
    void leavesTheSignOfACanonicalNanOpenAndNotItsPayload() {
        SpecValue f32 = new SpecValue("f32", "nan:canonical");
        SpecValue f64 = new SpecValue("f64", "nan:canonical");

        assertThat(f32.matches(0x7fc0_0000)).isTrue();
        assertThat(f32.matches(0xffc0_0000)).isTrue();
        assertThat(f32.matches(0x7fc0_0001)).isFalse();
        assertThat(f32.matches(0x7fa0_0000)).isFalse();
        assertThat(f32.matches(0x7f80_0000)).isFalse();
        assertThat(f64.matches(0x7ff8_0000_0000_0000L)).isTrue();
        assertThat(f64.matches(0xfff8_0000_0000_0000L)).isTrue();
        assertThat(f64.matches(0x7ff8_0000_0000_0001L)).isFalse();
        assertThat(f64.matches(0x7ff4_0000_0000_0000L)).isFalse();
    }

    @Test
    void asksAnArithmeticNanForItsQuietBitAlone() {
        SpecValue f32 = new SpecValue("f32", "nan:arithmetic");
        SpecValue f64 = new SpecValue("f64", "nan:arithmetic");

        assertThat(f32.matches(0xffe1_2345)).isTrue();
        assertThat(f32.matches(0x7fa0_0000)).isFalse();
        assertThat(f32.matches(0)).isFalse();
        assertThat(f64.matches(0xfff9_2345_6789_abcdL)).isTrue();
        assertThat(f64.matches(0x7ff4_0000_0000_0000L)).isFalse();
    }

    @Test
    void comparesBitsOfNumbers() {
        assertThat(new SpecValue("f32", "2147483648").matches(0)).isFalse();
        assertThat(new SpecValue("i32", "4294967295").matches(0xffff_ffffL)).isTrue();
        assertThat(new SpecValue("i32", "4294967295").matches(-1)).isTrue();
        assertThat(new SpecValue("i64", "18446744073709551615").matches(-1)).isTrue();
        assertThat(new SpecValue("i64", "4294967295").matches(-1)).isFalse();
    }

    @Test
    void comparesTheNumberOfResults() {
        List<SpecValue> one = List.of(new SpecValue("i32", "1"));

        assertThat(SpecValue.match(one, List.of(1L))).isTrue();
        assertThat(SpecValue.match(one, List.of())).isFalse();
        assertThat(SpecValue.match(one, List.of(1L, 1L))).isFalse();
    }
}
