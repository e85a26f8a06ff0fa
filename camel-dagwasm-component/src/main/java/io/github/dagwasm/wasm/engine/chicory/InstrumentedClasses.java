package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.compiler.internal.ClassCollector;
import com.dylibso.chicory.compiler.internal.ClassLoadingCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.ChicoryException;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;

/**
 * The classes that Chicory generates from a module, each changed by a {@link CallCounter} on its
 * way to its class loader. A method that the change makes too large for the JVM is reported to
 * Chicory's compiler by the same exception as one that is so from the start: the function is
 * interpreted then.
 */
final class InstrumentedClasses extends ClassLoadingCollector {

    private static final String PREFIX = Compiler.DEFAULT_CLASS_NAME.replace('.', '/');

    /** What Chicory puts first into the collector that all others end in, and only there. */
    private static final String FIRST = "Shaded";

    private final int imports;
    private int functions;
    private int entries;

    /**
     * Makes an empty collection.
     *
     * @param imports how many functions the module imports
     */
    InstrumentedClasses(int imports) {
        this.imports = imports;
    }

    /**
     * Proves that every function was found and changed.
     *
     * @param expected how many functions the module has besides its imports
     * @throws ChicoryException if Chicory's classes are not what they are expected to be
     */
    void requireCounted(int expected) {
        if (functions != expected || entries != expected) {
            throw unknownShape();
        }
    }

    static ChicoryException unknownShape() {
        return new ChicoryException(
                "Chicory's compiler makes other classes than expected, so calls cannot be counted;"
                        + " another version than 1.7.5 on the class path?");
    }

    @Override
    public void put(String className, byte[] bytes) {
        if (className.endsWith(FIRST)) {
            super.put(className, bytes);
            super.put(CountClass.name(PREFIX), CountClass.bytes(PREFIX));
            super.put(NumberClass.name(PREFIX), NumberClass.bytes(PREFIX));
        } else {
            super.put(className, changed(bytes));
        }
    }

    @Override
    public void putMainClass(String className, byte[] bytes) {
        super.putMainClass(className, changed(bytes));
    }

    /** Takes over what is changed already. */
    @Override
    public void putAll(ClassCollector other) {
        super.putAll(other);
        InstrumentedClasses classes = (InstrumentedClasses) other;
        functions += classes.functions;
        entries += classes.entries;
    }

    private byte[] changed(byte[] bytes) {
        ClassReader generated = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(0);
        CallCounter counter = new CallCounter(writer, PREFIX, imports, FrameSizes.of(generated));
        generated.accept(counter, ClassReader.EXPAND_FRAMES);
        byte[] changed = written(writer, generated);
        functions += counter.functions();
        entries += counter.entries();
        return changed;
    }

    /**
     * Writes a changed class. The JVM's writer stops at the first method that is too large; the
     * others are told too, or Chicory would compile the whole module once more for each.
     *
     * @throws MethodTooLargeException if there is one; others are its suppressed exceptions
     */
    private byte[] written(ClassWriter changed, ClassReader generated) {
        try {
            return changed.toByteArray();
        } catch (MethodTooLargeException e) {
            LargeMethods others = new LargeMethods(e);
            generated.accept(
                    new CallCounter(others, PREFIX, imports, FrameSizes.of(generated)),
                    ClassReader.EXPAND_FRAMES);
            throw e;
        }
    }
}
