package io.github.dagwasm.benchmarks;

import java.util.List;

/**
 * What contenders of the executor are compared at.
 *
 * @param label its name in tables
 * @param contenders those to compare; the first is the floor, to which all others are compared
 */
record Case(String label, List<Contender> contenders) {

    Contender floor() {
        return contenders.get(0);
    }
}
