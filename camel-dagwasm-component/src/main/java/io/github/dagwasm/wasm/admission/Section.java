package io.github.dagwasm.wasm.admission;

import java.util.Locale;

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

    /** The section with this id in the binary, or null where there is none. */
    static Section of(int id) {
        for (Section section : values()) {
            if (section.id == id) {
                return section;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "the " + name().toLowerCase(Locale.ROOT).replace('_', ' ') + " section";
    }
}
