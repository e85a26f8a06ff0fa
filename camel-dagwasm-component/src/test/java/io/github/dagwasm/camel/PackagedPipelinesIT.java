package io.github.dagwasm.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.launch.JarLauncher;

/** Modules beside a pipeline file, however the application is packaged. */
@Tag("ci")
class PackagedPipelinesIT {

    private static final String MANIFEST =
            """
            Manifest-Version: 1.0
            Main-Class: org.springframework.boot.loader.launch.JarLauncher
            Start-Class: io.github.dagwasm.camel.PackagedPipelines
            Spring-Boot-Classes: BOOT-INF/classes/
            Spring-Boot-Lib: BOOT-INF/lib/

            """;

    @TempDir Path folder;
    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();
    private Map<String, byte[]> files;

    @BeforeEach
    void makeFiles() {
        files = new LinkedHashMap<>();
        files.put(
                "pipelines/hello.dagwasm.yaml",
                """
                processors:
                  - { id: beside, backend: wasm, module: guest.wasm }
                  - { id: below, backend: wasm, module: ./wasm_modules/guest.wasm, depends_on: [beside] }
                """
                        .getBytes(UTF_8));
        files.put("pipelines/guest.wasm", module("-beside"));
        files.put("pipelines/wasm_modules/guest.wasm", module("-below"));
        // A module of the same name where nobody but the search without a folder looks.
        files.put("guest.wasm", module("-root"));
        files.put("wasm_modules/guest.wasm", module("-root"));
    }

    @AfterEach
    void restore() {
        thread.setContextClassLoader(before);
    }

    private byte[] module(String suffix) {
        Path file = folder.resolve("module.wasm");
        TestModule.write(file, TestModules.append(suffix));
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(URL... path) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(path, before)) {
            thread.setContextClassLoader(loader);
            return PackagedPipelines.lines();
        }
    }

    @Test
    void inAFolder() throws Exception {
        Path classes = folder.resolve("my classes");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = classes.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }

        assertThat(lines(classes.toUri().toURL())).isEqualTo(PackagedPipelines.EXPECTED);
    }

    @Test
    void inAJar() throws Exception {
        Path jar = write("my app.jar", files);

        assertThat(lines(jar.toUri().toURL())).isEqualTo(PackagedPipelines.EXPECTED);
    }

    @Test
    void besideMeansInTheSameJar() throws Exception {
        Path other = write("other.jar", Map.of("pipelines/guest.wasm", module("-other")));
        // Without the class loader's first find the pipeline would get the module of another jar.
        Path jar = write("app.jar", files);

        assertThat(lines(other.toUri().toURL(), jar.toUri().toURL()))
                .isEqualTo(PackagedPipelines.EXPECTED);
    }

    @Test
    void inTheClassesOfAnExecutableJar() throws Exception {
        Map<String, byte[]> entries = executable();
        files.forEach((name, bytes) -> entries.put("BOOT-INF/classes/" + name, bytes));

        assertThat(run(write("app.jar", entries))).isEqualTo(PackagedPipelines.EXPECTED);
    }

    @Test
    void inAJarWithinAnExecutableJar() throws Exception {
        Map<String, byte[]> entries = executable();
        entries.put("BOOT-INF/lib/a.jar", Files.readAllBytes(write("pipelines.jar", files)));

        assertThat(run(write("app.jar", entries))).isEqualTo(PackagedPipelines.EXPECTED);
    }

    private List<String> run(Path jar) throws Exception {
        Path out = folder.resolve("out");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                "-jar",
                                jar.toString())
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        process.waitFor();
        return Files.readAllLines(out);
    }

    /** All that this test runs with, as Spring Boot's plugin packages it. */
    private Map<String, byte[]> executable() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("META-INF/MANIFEST.MF", MANIFEST.getBytes(UTF_8));
        for (String directory : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
            entries.put(directory, new byte[0]);
        }
        Path loader = Path.of(location(JarLauncher.class));
        try (JarFile jar = new JarFile(loader.toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    entries.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
                }
            }
        }
        String name = PackagedPipelines.class.getName().replace('.', '/') + ".class";
        try (var in = PackagedPipelines.class.getClassLoader().getResourceAsStream(name)) {
            entries.put("BOOT-INF/classes/" + name, in.readAllBytes());
        }
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(part);
            if (Files.isDirectory(path) && path.equals(Path.of(location(DagWasmComponent.class)))) {
                entries.put("BOOT-INF/lib/dagwasm.jar", Files.readAllBytes(jarOf(path)));
            } else if (part.endsWith(".jar") && Files.exists(path)) {
                entries.put("BOOT-INF/lib/" + path.getFileName(), Files.readAllBytes(path));
            }
        }
        return entries;
    }

    private static String location(Class<?> type) {
        return Path.of(
                        URI.create(
                                type.getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toString()))
                .toString();
    }

    private Path jarOf(Path classes) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (Stream<Path> walk = Files.walk(classes)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                entries.put(
                        classes.relativize(file).toString().replace('\\', '/'),
                        Files.readAllBytes(file));
            }
        }
        return write("dagwasm.jar", entries);
    }

    /** Stored, since a jar within a jar must be. */
    private Path write(String name, Map<String, byte[]> entries) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> file : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                CRC32 sum = new CRC32();
                sum.update(file.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                entry.setCrc(sum.getValue());
                out.putNextEntry(entry);
                out.write(file.getValue());
            }
        }
        return jar;
    }
}
