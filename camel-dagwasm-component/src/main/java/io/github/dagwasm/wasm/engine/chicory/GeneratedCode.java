package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.compiler.internal.CompilerResult;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a module was compiled to.
 *
 * @param mainClass the name of the class whose objects are machines
 * @param classes the bytes of all classes by their names
 * @param interpreted the functions that were left to the interpreter
 */
record GeneratedCode(String mainClass, Map<String, byte[]> classes, Set<Integer> interpreted) {

    static GeneratedCode of(CompilerResult result) {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        // Chicory names some of them as the JVM does.
        result.classBytes().forEach((name, bytes) -> classes.put(dotted(name), bytes));
        return new GeneratedCode(
                dotted(result.collector().mainClassName()), classes, result.interpretedFunctions());
    }

    /**
     * Defines the classes, in a class loader of their own.
     *
     * @return makes an instance's machine
     * @throws ReflectiveOperationException if they are not what the compiler makes
     */
    Function<Instance, Machine> machines() throws ReflectiveOperationException {
        Loader loader = new Loader(classes);
        for (String name : classes.keySet()) {
            loader.loadClass(name);
        }
        Constructor<? extends Machine> constructor =
                loader.loadClass(mainClass)
                        .asSubclass(Machine.class)
                        .getConstructor(Instance.class);
        return instance -> {
            try {
                return constructor.newInstance(instance);
            } catch (InvocationTargetException e) {
                throw rethrown(e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new ChicoryException(e);
            }
        };
    }

    /** The code as bytes. */
    byte[] written() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeInt(interpreted.size());
            for (int function : interpreted) {
                out.writeInt(function);
            }
            out.writeUTF(mainClass);
            out.writeInt(classes.size());
            for (Map.Entry<String, byte[]> each : classes.entrySet()) {
                out.writeUTF(each.getKey());
                out.writeInt(each.getValue().length);
                out.write(each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no name of a class is too long to be written", e);
        }
        return bytes.toByteArray();
    }

    /** The code from such bytes; nothing where they end too early. */
    static Optional<GeneratedCode> read(byte[] bytes) {
        try {
            return Optional.of(read(new DataInputStream(new ByteArrayInputStream(bytes))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static GeneratedCode read(DataInputStream in) throws IOException {
        Set<Integer> interpreted = new HashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            interpreted.add(in.readInt());
        }
        String mainClass = in.readUTF();
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            classes.put(in.readUTF(), in.readNBytes(in.readInt()));
        }
        return new GeneratedCode(mainClass, classes, interpreted);
    }

    private static String dotted(String name) {
        return name.replace('/', '.');
    }

    private static RuntimeException rethrown(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException exception
                ? exception
                : new ChicoryException(thrown);
    }

    private static final class Loader extends ClassLoader {

        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super(Machine.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}
