package io.github.dagwasm.wasm;

import io.github.dagwasm.wasm.abi.GuestLines;
import io.github.dagwasm.wasm.engine.HostFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * All that the host keeps for a guest at one moment: every field of every object that something
 * leads to, also of the library's, by the names of the fields that lead there. Functions, which
 * keep nothing of their own, and the log, which is handed on, are left out.
 */
public final class HostState {

    private final Map<String, Object> values = new LinkedHashMap<>();
    private final IdentityHashMap<Object, String> seen = new IdentityHashMap<>();

    private HostState() {}

    /**
     * Copies what something leads to.
     *
     * @param root where to begin
     * @return all of it
     */
    static HostState of(Object root) {
        HostState state = new HostState();
        state.visit("host", root);
        state.seen.clear();
        return state;
    }

    /**
     * What another one has that is not as here.
     *
     * @param other the other one
     * @return the first thing; empty if there is none
     */
    public Optional<String> difference(HostState other) {
        Set<String> names = new LinkedHashSet<>(values.keySet());
        names.addAll(other.values.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(values.get(name), other.values.get(name)))
                .findFirst()
                .map(name -> said(name, other.values.get(name), values.get(name)));
    }

    private static String said(String name, Object found, Object expected) {
        if (found instanceof ByteBuffer a && expected instanceof ByteBuffer b) {
            int at = b.mismatch(a);
            return a.capacity() == b.capacity()
                    ? said("byte " + at + " of " + name, a.get(at), b.get(at))
                    : said("the length of " + name, a.capacity(), b.capacity());
        }
        return name + " is " + found + ", and was " + expected + " at the beginning";
    }

    private void visit(String name, Object value) {
        Optional<Object> plain = plain(value);
        if (plain.isPresent()) {
            values.put(name, plain.get());
            return;
        }
        String known = seen.putIfAbsent(value, name);
        if (known != null) {
            values.put(name, "the same as " + known);
            return;
        }
        values.put(name, value.getClass().getName());
        if (value instanceof Object[] elements) {
            for (int i = 0; i < elements.length; i++) {
                visit(name + "[" + i + "]", elements[i]);
            }
        } else if (value.getClass().isArray()) {
            throw new AssertionError(name + " is " + value.getClass() + ", which nobody compares");
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(present -> visit(name, present));
        } else if (value instanceof Collection<?> elements) {
            int index = 0;
            for (Object element : elements) {
                visit(name + "[" + index++ + "]", element);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> visit(name + "[" + key + "]", each));
        } else if (!isOpaque(value)) {
            visitFields(name, value);
        }
    }

    /** What is a value by itself. */
    private static Optional<Object> plain(Object value) {
        if (value == null || value instanceof String || value instanceof Boolean) {
            return Optional.of(String.valueOf(value));
        }
        if (value instanceof Number || value instanceof Character || value instanceof Enum) {
            return Optional.of(String.valueOf(value));
        }
        if (value instanceof int[] numbers) {
            return Optional.of(Arrays.toString(numbers));
        }
        if (value instanceof byte[] bytes) {
            return Optional.of(ByteBuffer.wrap(bytes.clone()));
        }
        if (value instanceof Random random && !(value instanceof SecureRandom)) {
            return Optional.of(ByteBuffer.wrap(serialized(random)));
        }
        return Optional.empty();
    }

    /** The only way to its seed that leaves it as it is. */
    private static byte[] serialized(Random random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static boolean isOpaque(Object value) {
        Class<?> type = value.getClass();
        return value instanceof GuestLines
                || value instanceof HostFunction
                || type.isHidden()
                || type.getName().startsWith("java.");
    }

    private void visitFields(String name, Object value) {
        Class<?> type = value.getClass();
        while (type != null && !type.getName().startsWith("java.")) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    visit(name + "." + field.getName(), read(field, value));
                }
            }
            type = type.getSuperclass();
        }
    }

    private static Object read(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new LinkageError(field.toString(), e);
        }
    }
}
