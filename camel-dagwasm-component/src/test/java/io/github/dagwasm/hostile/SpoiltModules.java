package io.github.dagwasm.hostile;

import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.wasm.TestModules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Real modules with some of their bits or bytes changed, or without their end; the same for one
 * seed.
 */
final class SpoiltModules {

    private static final int MOST_FLIPS = 3;
    private static final int CUT_ONE_IN = 10;

    private final Random random;
    private final List<byte[]> sound;

    SpoiltModules(long seed) {
        random = new Random(seed);
        sound = List.of(helloWorld(), guest());
    }

    /** The modules before they are spoilt, all of which answer. */
    List<byte[]> sound() {
        return sound;
    }

    /** The next spoilt module. */
    byte[] next() {
        byte[] module = sound.get(random.nextInt(sound.size()));
        if (random.nextInt(CUT_ONE_IN) == 0) {
            return Arrays.copyOf(module, random.nextInt(module.length));
        }
        byte[] spoilt = module.clone();
        boolean bits = random.nextBoolean();
        for (int flips = 1 + random.nextInt(MOST_FLIPS); flips > 0; flips--) {
            int at = random.nextInt(spoilt.length);
            int value = bits ? spoilt[at] ^ 1 << random.nextInt(Byte.SIZE) : random.nextInt(256);
            spoilt[at] = (byte) value;
        }
        return spoilt;
    }

    /** A guest with every section there is; without the last, its data, it is none. */
    static byte[] guest() {
        return TestModules.appending("-wasm")
                .table(3)
                .tag()
                .elements(0, 1, 2)
                .passiveElements(1)
                .passiveData(new byte[] {1, 2, 3})
                .exported("_initialize", 0, 0, 0, code())
                .function(0, 0, 3, code())
                .start(TestModules.FIRST_OWN)
                .bytes();
    }

    /** Made of Rust. */
    private static byte[] helloWorld() {
        Path file = Path.of("wasm_modules", "hello_world.wasm");
        try {
            return Files.readAllBytes(Files.exists(file) ? file : Path.of("..").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
