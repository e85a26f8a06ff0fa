package io.github.dagwasm.wasm.admission;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The sections of a module, in the order in which they must stand. */
enum Section {
    TYPE(1),
    IMPORT(2),
    FUNCTION(3),
    TABLE(4),
    MEMORY(5),
    TAG(13),
    GLOBAL(6),
    EXPORT(7),
    START(8),
    ELEMENT(9),
    DATA_COUNT(12),
    CODE(10),
    DATA(11);

    /** Custom sections stand anywhere, any number of times. */
    static final int CUSTOM = 0;

    private final int id;

    Section(int id) {
        this.id = id;
    }

    /** The section with this id in the binary, empty where there is none. */
    static Optional<Section> of(int id) {
        return Arrays.stream(values()).filter(section -> section.id == id).findFirst();
    }

    @Override
    public String toString() {
        return "the " + name().toLowerCase(Locale.ROOT).replace('_', ' ') + " section";
    }
}
