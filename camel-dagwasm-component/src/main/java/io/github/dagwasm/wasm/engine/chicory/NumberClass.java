package io.github.dagwasm.wasm.engine.chicory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/** The copy of {@link GuestNumbers} that stands beside the classes generated from a module. */
final class NumberClass {

    private static final String SUFFIX = "Numbers";

    private NumberClass() {}

    /**
     * The class's internal name.
     *
     * @param prefix the internal name that those of all generated classes begin with
     */
    static String name(String prefix) {
        return prefix + SUFFIX;
    }

    /** The descriptors of its methods by their names. */
    static Map<String, String> methods() {
        return Stream.of(GuestNumbers.class.getDeclaredMethods())
                .filter(method -> !Modifier.isPrivate(method.getModifiers()))
                .collect(
                        Collectors.toUnmodifiableMap(
                                method -> method.getName(), Type::getMethodDescriptor));
    }

    /**
     * The class.
     *
     * @param prefix the internal name that those of all generated classes begin with
     * @return its bytes
     */
    static byte[] bytes(String prefix) {
        ClassWriter writer = new ClassWriter(0);
        String original = Type.getInternalName(GuestNumbers.class);
        new ClassReader(original())
                .accept(
                        new ClassRemapper(
                                writer, new SimpleRemapper(Opcodes.ASM9, original, name(prefix))),
                        0);
        return writer.toByteArray();
    }

    private static byte[] original() {
        String file = GuestNumbers.class.getSimpleName() + ".class";
        try (InputStream in = GuestNumbers.class.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
