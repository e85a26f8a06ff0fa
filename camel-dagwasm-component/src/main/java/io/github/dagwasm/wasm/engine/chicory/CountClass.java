package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.function.IntUnaryOperator;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/**
 * The methods of one class more that stands beside the classes generated from a module, a copy of
 * {@link GuestCounter}.
 */
enum CountClass {

    /** Takes the counter. */
    TICK("tick", "(@)V"),

    /** Takes the counter. */
    MORE("more", "(@)V"),

    /** Takes what is switched on, which targets lie behind, the counter. */
    TICK_IF_BACK("tickIfBack", "(ILjava/lang/String;@)V"),

    /** Takes the counter. */
    PAUSE("pause", "(@)V"),

    /** Takes what calls are left, the instance. */
    REQUIRE("require", "(JLcom/dylibso/chicory/runtime/Instance;)V"),

    /** Takes what calls are left, the instance. */
    HAND_OVER("handOver", "(JLcom/dylibso/chicory/runtime/Instance;)V"),

    /** Takes a reference to an exception; the same. */
    THROWN("thrown", "(I)I"),

    /** Takes the instance; what calls are left. */
    LEFT("left", "(Lcom/dylibso/chicory/runtime/Instance;)J"),

    /** Takes the instance; its counter. */
    OF("of", "(Lcom/dylibso/chicory/runtime/Instance;)@");

    /** The field of what is left. */
    static final String TICKS = "ticks";

    /** Marks a target that lies behind. */
    static final char BACK = '1';

    /** Marks one that does not. */
    static final char AHEAD = '0';

    private static final String SUFFIX = "Counter";
    private static final String ORIGINAL = Type.getInternalName(GuestCounter.class);

    /** Stands for the class itself in types. */
    private static final String SELF = "@";

    private final String method;
    private final String type;

    CountClass(String method, String type) {
        this.method = method;
        this.type = type;
    }

    /**
     * Writes a call of it.
     *
     * @param to the calling method
     * @param prefix the internal name that those of all generated classes begin with
     */
    void invoke(MethodVisitor to, String prefix) {
        to.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                name(prefix),
                method,
                type.replace(SELF, "L" + name(prefix) + ";"),
                false);
    }

    /**
     * The class's internal name.
     *
     * @param prefix the internal name that those of all generated classes begin with
     */
    static String name(String prefix) {
        return prefix + SUFFIX;
    }

    /**
     * The class.
     *
     * @param prefix the internal name that those of all generated classes begin with
     * @return its bytes
     */
    static byte[] bytes(String prefix) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(original())
                .accept(
                        new ClassRemapper(
                                writer, new SimpleRemapper(Opcodes.ASM9, ORIGINAL, name(prefix))),
                        0);
        return writer.toByteArray();
    }

    private static byte[] original() {
        String file = GuestCounter.class.getSimpleName() + ".class";
        try (InputStream in = GuestCounter.class.getResourceAsStream(file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The way to make objects of the class.
     *
     * @param machine one that was generated from the module
     */
    static Constructor<?> constructor(Machine machine) {
        Class<?> main = machine.getClass();
        String name = name(main.getName().replace('.', '/')).replace('/', '.');
        try {
            Constructor<?> constructor =
                    Class.forName(name, true, main.getClassLoader())
                            .getDeclaredConstructor(IntUnaryOperator.class);
            constructor.setAccessible(true);
            return constructor;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
