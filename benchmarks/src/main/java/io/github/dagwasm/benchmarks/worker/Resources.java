package io.github.dagwasm.benchmarks.worker;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** What lies on the class path. */
final class Resources {

    private Resources() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Resources.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("no " + name + " on the class path");
            }
            return in.readAllBytes();
        }
    }
}
