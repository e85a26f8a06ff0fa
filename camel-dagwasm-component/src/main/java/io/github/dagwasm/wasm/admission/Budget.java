package io.github.dagwasm.wasm.admission;

/**
 * A thing of which a module may have so much before it is refused: what costs an engine memory or
 * time out of proportion to the bytes that ask for it. Sizes are in bytes, all else are counts.
 */
public enum Budget {
    /** The binary's size. */
    MODULE_BYTES(
            "module_bytes", 16L << 20, 1L << 30, "module bytes", "The module's size, in bytes"),

    /** Types. */
    TYPES("types", 10_000, 1_000_000, "types", "Types"),

    /** Parameters and results of one type. */
    TYPE_VALUES(
            "type_values",
            100,
            1000,
            "parameters and results of a type",
            "Parameters and results of one type"),

    /** Types times functions, over all pairs of one signature. */
    SIGNATURE_PAIRS(
            "signature_pairs",
            100_000,
            100_000_000,
            "functions that share a signature, summed over all types",
            "Functions of the same signature, imports too, summed over all types"),

    /** Types times functions, whatever their signatures. */
    TYPE_CHECKS(
            "type_checks",
            20_000_000,
            1_000_000_000,
            "types times functions",
            "Types times functions, imports too"),

    /** Steps of comparing one type with another, through all types that it refers to. */
    TYPE_COMPARISON(
            "type_comparison",
            1000,
            1_000_000,
            "steps of comparing one type",
            "Steps of comparing one type with another, through the types that it refers to"),

    /** Steps of all comparisons of types. */
    TYPE_COMPARISONS(
            "type_comparisons",
            50_000_000,
            10_000_000_000L,
            "steps of comparing types",
            "Steps of comparing types, over all types, functions and instructions"),

    /** Imports. */
    IMPORTS("imports", 200, 10_000, "imports", "Imports"),

    /** Functions that the module defines. */
    FUNCTIONS("functions", 50_000, 1_000_000, "functions", "Functions"),

    /** Tables. */
    TABLES("tables", 100, 10_000, "tables", "Tables"),

    /** Tags of exceptions. */
    TAGS("tags", 100, 10_000, "tags of exceptions", "Tags of exceptions"),

    /** Globals. */
    GLOBALS("globals", 10_000, 1_000_000, "globals", "Globals"),

    /** Instructions of constant expressions, which every instantiation evaluates. */
    CONSTANT_INSTRUCTIONS(
            "constant_instructions",
            250_000,
            10_000_000,
            "instructions of constant expressions",
            "Instructions of constant expressions"),

    /** Exports. */
    EXPORTS("exports", 20_000, 1_000_000, "exports", "Exports"),

    /** Bytes of all names of imports, exports and custom sections. */
    NAME_BYTES(
            "name_bytes",
            1L << 20,
            100L << 20,
            "bytes of names",
            "Names of imports, exports and custom sections, in bytes"),

    /** Element segments. */
    ELEMENT_SEGMENTS("element_segments", 1000, 1_000_000, "element segments", "Element segments"),

    /** Entries of element segments of every kind. */
    ELEMENT_ENTRIES(
            "element_entries",
            100_000,
            10_000_000,
            "entries of element segments",
            "Entries of element segments of every kind"),

    /** Locals, summed over all functions. */
    LOCALS(
            "locals",
            5_000_000,
            100_000_000,
            "locals over all functions",
            "Locals, summed over all functions"),

    /** The size of all functions' bodies: what takes a compiler its time. */
    CODE_BYTES(
            "code_bytes",
            4L << 20,
            1L << 30,
            "bytes of code, over all functions",
            "The bodies of all functions, in bytes"),

    /** The size of one function's body. */
    BODY_BYTES(
            "body_bytes",
            512L << 10,
            100L << 20,
            "bytes of a function's body",
            "One function's body, in bytes"),

    /** Blocks inside of blocks. */
    NESTING("nesting", 8000, 100_000, "nested blocks", "Blocks inside of each other"),

    /** Targets of one br_table. */
    BRANCH_TARGETS(
            "branch_targets",
            16_000,
            1_000_000,
            "targets of a br_table",
            "Targets of one br_table"),

    /** How many blocks all branches leave. */
    BRANCH_DEPTHS(
            "branch_depths",
            200_000_000,
            1_000_000_000,
            "blocks that branches leave, over all functions",
            "Blocks that branches leave, summed over all branches"),

    /** For every loop, the blocks that stand in the same block before its end. */
    LOOP_NEIGHBOURS(
            "loop_neighbours",
            10_000_000,
            1_000_000_000,
            "neighbours of loops, over all functions",
            "Blocks next to loops, summed over all loops"),

    /** Operands that one function's blocks, branches and calls move. */
    FUNCTION_STACK_VALUES(
            "function_stack_values",
            200_000,
            100_000_000,
            "operands that a function's blocks, branches and calls move",
            "Operands that blocks, branches and calls move, of one function"),

    /** Operands that blocks, branches and calls move, summed over all functions. */
    STACK_VALUES(
            "stack_values",
            10_000_000,
            1_000_000_000,
            "operands that blocks, branches and calls move, over all functions",
            "Operands that blocks, branches and calls move, summed over all functions"),

    /** Locals times the places where control flow meets, over all functions. */
    FRAME_SLOTS(
            "frame_slots",
            50_000_000,
            10_000_000_000L,
            "locals times blocks and branches over all functions",
            "Parameters and locals times blocks and branches, summed over all functions"),

    /** For every try_table, the places inside of it where control flow meets. */
    HANDLER_EDGES(
            "handler_edges",
            2_000_000,
            1_000_000_000,
            "places in try_tables, over all that are open there",
            "Places where control flow meets or a local is set, summed over all try_tables around"
                    + " them"),

    /** Data segments. */
    DATA_SEGMENTS("data_segments", 250_000, 1_000_000, "data segments", "Data segments"),

    /** Custom sections. */
    CUSTOM_SECTIONS("custom_sections", 1000, 1_000_000, "custom sections", "Custom sections");

    private final String key;
    private final long byDefault;
    private final long most;
    private final String noun;
    private final String description;

    Budget(String key, long byDefault, long most, String noun, String description) {
        this.key = key;
        this.byDefault = byDefault;
        this.most = most;
        this.noun = noun;
        this.description = description;
    }

    /**
     * Its key in the block {@code wasm.admission} of a pipeline file.
     *
     * @return the name
     */
    public String key() {
        return key;
    }

    /**
     * The path of its key in a pipeline file.
     *
     * @return {@code wasm.admission.} and the key
     */
    public String option() {
        return "wasm.admission." + key;
    }

    /**
     * How much is allowed where nobody says otherwise.
     *
     * @return the budget
     */
    public long byDefault() {
        return byDefault;
    }

    /**
     * How much can be allowed at all.
     *
     * @return the greatest value of the key
     */
    public long most() {
        return most;
    }

    /**
     * What is counted, for a message: {@code locals over all functions}.
     *
     * @return the noun
     */
    public String noun() {
        return noun;
    }

    /**
     * What is counted, for the reference page.
     *
     * @return a phrase without a full stop
     */
    public String description() {
        return description;
    }
}
