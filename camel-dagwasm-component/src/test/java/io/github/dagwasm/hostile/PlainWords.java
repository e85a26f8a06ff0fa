package io.github.dagwasm.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** That a message is made for people: it tells nothing of how the JVM and the engine are built. */
final class PlainWords {

    private static final Pattern INNARDS =
            Pattern.compile(
                    // The identity of an object.
                    "@[0-9a-f]{4,}"
                            // A class, qualified or inside of another.
                            + "|([a-z][a-z0-9]*[./]){2,}[A-Z$]|[A-Za-z]\\$[A-Z]"
                            + "|[A-Za-z](Exception|Error)\\b"
                            // Texts of the JDK.
                            + "|Index -?[0-9]+ out of bounds|out of bounds for"
                            + "|Cannot (invoke|read|load|store|throw|enter)|the return value of"
                            + "|\\bclass [A-Za-z]+[./]|cannot be cast|Java heap space"
                            // A message that there is none; the trap is called a null reference.
                            + "|(: |^)null(?! (exception )?reference)");

    private PlainWords() {}

    static void hold(String message) {
        assertThat(INNARDS.matcher(message).results().map(MatchResult::group))
                .as(message)
                .isEmpty();
    }
}
