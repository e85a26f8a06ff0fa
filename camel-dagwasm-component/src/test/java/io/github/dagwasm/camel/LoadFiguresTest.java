package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadFiguresTest {

    @Test
    void isFullOnceAsManyAreLeftBehindAsMay() {
        assertThat(new LoadFigures(2, 9, 5, 6, 1000).full()).isFalse();
        assertThat(new LoadFigures(0, 0, 6, 6, 1000).full()).isTrue();
    }
}
