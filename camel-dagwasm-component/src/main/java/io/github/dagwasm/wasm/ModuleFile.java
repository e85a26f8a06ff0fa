package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.GuestText;
import io.github.dagwasm.spi.ModuleRefusedException;
import io.github.dagwasm.wasm.admission.Budgets;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A module's bytes as they were found. They are read once: what is scanned, hashed, pinned and
 * parsed is this one array, which nobody changes.
 */
final class ModuleFile {

    /** Two letters at least: one is a drive. */
    private static final Pattern SCHEME =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(.*)", Pattern.DOTALL);

    private static final String FILE = "file";
    private static final String CLASSPATH = "classpath";

    private static final int SHOWN = 1000;

    private final String place;
    private final byte[] bytes;
    private final String sha256;

    private ModuleFile(String place, byte[] bytes) {
        this.place = shown(place);
        this.bytes = bytes;
        sha256 = digest(bytes);
    }

    /** The whole file; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** The digest, in lower-case hexadecimal. */
    String sha256() {
        return sha256;
    }

    /**
     * Finds a module and reads it: beside the pipeline file, in the working directory, on the class
     * path, in this order.
     *
     * @throws ModuleRefusedException if there is no such file, or none that is read
     */
    static ModuleFile find(String module, Optional<Path> directory, Budgets budgets) {
        Matcher scheme = SCHEME.matcher(module);
        try {
            if (!scheme.matches()) {
                return findPath(module, directory, budgets, true);
            }
            return switch (scheme.group(1).toLowerCase(Locale.ROOT)) {
                case FILE -> findPath(filePath(module, scheme.group(2)), directory, budgets, false);
                case CLASSPATH ->
                        onClassPath(scheme.group(2), budgets)
                                .orElseThrow(
                                        () -> new ModuleRefusedException("not on the class path"));
                default ->
                        throw new ModuleRefusedException(
                                "scheme '"
                                        + scheme.group(1)
                                        + "' is not allowed, because remote modules are not;"
                                        + " expected a path, file: or classpath:");
            };
        } catch (InvalidPathException e) {
            throw new ModuleRefusedException("no file can have this name: " + e.getReason(), e);
        }
    }

    private static String filePath(String uri, String path) {
        if (!path.startsWith("//")) {
            return path;
        }
        try {
            return Path.of(URI.create(uri)).toString();
        } catch (IllegalArgumentException e) {
            throw new ModuleRefusedException("no file has this URI: " + e.getMessage(), e);
        }
    }

    private static ModuleFile findPath(
            String module, Optional<Path> directory, Budgets budgets, boolean classPathToo) {
        Path path = Path.of(module);
        if (path.isAbsolute()) {
            return inFile(path, "", budgets)
                    .orElseThrow(() -> new ModuleRefusedException("there is no such file"));
        }
        Optional<Path> beside = directory.map(d -> d.resolve(path).toAbsolutePath().normalize());
        Path working = path.toAbsolutePath().normalize();
        return beside.flatMap(p -> inFile(p, " (beside the pipeline file)", budgets))
                .or(() -> inFile(working, " (in the working directory)", budgets))
                .or(() -> classPathToo ? onClassPath(module, budgets) : Optional.empty())
                .orElseThrow(
                        () ->
                                new ModuleRefusedException(
                                        "not found: neither beside the pipeline file ("
                                                + beside.map(ModuleFile::shown)
                                                        .orElse("the pipeline has none")
                                                + ") nor in the working directory ("
                                                + shown(working)
                                                + ")"
                                                + (classPathToo ? " nor on the class path" : "")));
    }

    private static Optional<ModuleFile> inFile(Path path, String how, Budgets budgets) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(path)) {
            // A pipe or a device would be read for ever, or block.
            throw new ModuleRefusedException(
                    shown(path)
                            + (Files.isDirectory(path)
                                    ? " is a directory, not a file"
                                    : " is no regular file"));
        }
        try {
            budgets.checkModuleBytes(Files.size(path));
            try (InputStream in = Files.newInputStream(path)) {
                return Optional.of(read(path + how, in, budgets));
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(path.toString(), e);
        }
    }

    private static Optional<ModuleFile> onClassPath(String resource, Budgets budgets) {
        String name = resource.startsWith("/") ? resource.substring(1) : resource;
        URL url = null;
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        if (ofThread != null) {
            url = ofThread.getResource(name);
        }
        if (url == null) {
            url = ModuleFile.class.getClassLoader().getResource(name);
        }
        if (url == null) {
            return Optional.empty();
        }
        try {
            if (url.getProtocol().equals(FILE)) {
                return inFile(Path.of(url.toURI()), " (on the class path)", budgets);
            }
            URLConnection connection = url.openConnection();
            // The JVM's own cache would keep the jar open for good.
            connection.setUseCaches(false);
            try (InputStream in = connection.getInputStream()) {
                boolean folder =
                        connection instanceof JarURLConnection jar
                                && jar.getJarEntry().isDirectory();
                return folder
                        ? Optional.empty()
                        : Optional.of(read("classpath:" + name, in, budgets));
            }
        } catch (IOException | URISyntaxException e) {
            throw unreadable("classpath:" + name, e);
        }
    }

    private static ModuleFile read(String place, InputStream in, Budgets budgets)
            throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(Integer.MAX_VALUE, budgets.moduleBytes() + 1));
        budgets.checkModuleBytes(bytes.length);
        return new ModuleFile(place, bytes);
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static ModuleRefusedException unreadable(String place, Exception e) {
        return new ModuleRefusedException(
                shown(place) + " cannot be read: " + e.getClass().getSimpleName(), e);
    }

    /** The name of a file may hold anything, line breaks too. */
    private static String shown(Object place) {
        return GuestText.escape(place.toString(), SHOWN);
    }

    /** Tells where it was found and its digest. */
    @Override
    public String toString() {
        return place + ", sha256 " + sha256;
    }
}
