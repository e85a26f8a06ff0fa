package io.github.dagwasm.wasm.admission;

import java.util.List;

/**
 * What the scan has found in a module that it admits.
 *
 * @param bytes its size
 * @param functions how many functions it defines
 * @param locals how many local variables they have together
 * @param tableEntries how many entries its tables begin with
 * @param memoryBytes how many bytes its memory begins with
 * @param imports what it imports, each as {@code module.name}, escaped
 */
public record ModuleFacts(
        long bytes,
        long functions,
        long locals,
        long tableEntries,
        long memoryBytes,
        List<String> imports) {

    /** Copies the list. */
    public ModuleFacts {
        imports = List.copyOf(imports);
    }
}
