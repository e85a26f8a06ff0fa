package io.github.dagwasm.benchmarks;

import java.util.List;

/**
 * What contenders are compared at.
 *
 * @param label its name in tables
 * @param threads how many threads call at once
 * @param contenders those to compare; the first is the floor, to which all others are compared
 */
record Case(String label, int threads, List<Contender> contenders) {

    Contender floor() {
        return contenders.get(0);
    }
}
