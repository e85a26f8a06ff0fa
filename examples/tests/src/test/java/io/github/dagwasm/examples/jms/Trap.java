package io.github.dagwasm.examples.jms;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a hostile sender puts into an object message: whoever reads it back runs its code, which
 * leaves a file.
 */
final class Trap implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String file;

    Trap(Path file) {
        this.file = file.toString();
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        Files.createFile(Path.of(file));
    }
}
