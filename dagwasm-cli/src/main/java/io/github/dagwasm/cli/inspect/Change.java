package io.github.dagwasm.cli.inspect;

import java.util.List;
import java.util.Optional;

/**
 * One difference between two modules.
 *
 * @param what what differs
 * @param before what it was, empty where there was none
 * @param after what it is now, empty where there is none any more
 * @param more whether the new module asks for more by it
 */
record Change(String what, Optional<String> before, Optional<String> after, boolean more) {

    static Change of(String what, String before, String after, boolean more) {
        return new Change(what, Optional.of(before), Optional.of(after), more);
    }

    static Change added(String what, String after, boolean more) {
        return new Change(what, Optional.empty(), Optional.of(after), more);
    }

    static Change removed(String what, String before) {
        return new Change(what, Optional.of(before), Optional.empty(), false);
    }

    /**
     * What a list says of it: added, removed, changed, or as it was; a long change in two lines.
     */
    List<String> lines() {
        if (before.isEmpty()) {
            return List.of(line('+', after.orElseThrow()));
        }
        if (after.isEmpty()) {
            return List.of(line('-', before.get()));
        }
        if (before.equals(after)) {
            return List.of(line('=', after.get()) + ", as before");
        }
        String both = line('~', before.get()) + " => " + after.get();
        return both.length() <= Columns.WIDTH
                ? List.of(both)
                : List.of(line('-', before.get()), line('+', after.get()));
    }

    private String line(char mark, String value) {
        return mark + " " + what + " " + value;
    }
}
