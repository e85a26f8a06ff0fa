package io.github.dagwasm.hostile;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The library and its engine loaded anew, so that none of their classes is initialised. */
final class ColdClasses extends URLClassLoader {

    private static final List<String> ANEW =
            List.of("io.github.dagwasm.", "com.dylibso.chicory.", "org.objectweb.asm.");

    ColdClasses() {
        super(classPath(), ColdClasses.class.getClassLoader());
    }

    @SuppressWarnings("unchecked")
    Function<Path, String> coldStart(Class<? extends ColdStart> start)
            throws ReflectiveOperationException {
        return (Function<Path, String>) loadClass(start.getName()).getConstructor().newInstance();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (ANEW.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : findClass(name);
        }
    }

    private static URL[] classPath() {
        List<URL> all = new ArrayList<>();
        String path =
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : path.split(File.pathSeparator, -1)) {
            try {
                all.add(Path.of(entry).toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException(entry, e);
            }
        }
        return all.toArray(new URL[0]);
    }
}
