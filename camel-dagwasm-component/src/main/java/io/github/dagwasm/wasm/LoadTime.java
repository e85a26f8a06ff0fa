package io.github.dagwasm.wasm;

import java.time.Duration;

/**
 * Time that a load may take.
 *
 * @param limit the processor time of a load, and the time until a server has answered
 * @param option the user's name for the option that sets the limit
 */
record LoadTime(Duration limit, String option) {

    /** The end of a sentence about a load that took longer. */
    String namedOption() {
        return " (option " + option + ")";
    }
}
