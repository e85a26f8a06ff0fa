package io.github.dagwasm.wasm.engine.chicory;

import java.util.List;
import java.util.Map;

/**
 * One file of the WebAssembly test suite.
 *
 * @param name its name, without an ending
 * @param commands its commands, in their order
 * @param files the modules that the commands name
 */
record SpecScript(String name, List<SpecCommand> commands, Map<String, byte[]> files) {

    /** The binary that a command is about. */
    byte[] binary(SpecCommand command) {
        byte[] binary = files.get(command.text("filename"));
        if (binary == null) {
            throw new IllegalStateException(name + " has no file " + command.text("filename"));
        }
        return binary;
    }
}
