package io.github.dagwasm.wasm;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One artefact that this library stands on, and its versions that work.
 *
 * @param group the group
 * @param artifact the name
 * @param anchor the resource name of one of its classes
 * @param bundle what its manifest calls it
 * @param built the version that this library is built with
 * @param lowest the first version that works, of the same major version; the built one if no other
 *     does
 */
record Library(
        String group, String artifact, String anchor, String bundle, String built, String lowest) {

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");

    /** Tells a version that does not work; a version that nobody knows is taken for a good one. */
    Optional<String> problem(ClassLoader loader) {
        return found(loader)
                .filter(version -> !works(version))
                .map(
                        version ->
                                group
                                        + ":"
                                        + artifact
                                        + " is "
                                        + version
                                        + ", but dagwasm is built with "
                                        + built
                                        + " and works with "
                                        + accepted());
    }

    private String accepted() {
        return lowest.equals(built)
                ? "no other"
                : lowest + " and later " + numbers(lowest)[0] + ".x only";
    }

    /** A vendor's rebuild has further words after the numbers. */
    private boolean works(String version) {
        int[] numbers = numbers(version);
        if (numbers.length == 0) {
            return true;
        }
        int[] least = numbers(lowest);
        return lowest.equals(built)
                ? Arrays.compare(numbers, least) == 0
                : numbers[0] == least[0] && Arrays.compare(numbers, least) >= 0;
    }

    private static int[] numbers(String version) {
        Matcher matcher = NUMBERS.matcher(version);
        if (!matcher.matches()) {
            return new int[0];
        }
        String last = matcher.group(3);
        return new int[] {
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            last == null ? 0 : Integer.parseInt(last)
        };
    }

    /**
     * The version on the class path, as Maven or the manifest writes it into the jar that the class
     * comes from. A jar that has many artefacts in it may say nothing.
     */
    Optional<String> found(ClassLoader loader) {
        URL at = loader.getResource(anchor);
        if (at == null) {
            return Optional.empty();
        }
        String root = at.toString().substring(0, at.toString().length() - anchor.length());
        try {
            Properties maven = new Properties();
            try (InputStream in =
                    open(root + "META-INF/maven/" + group + "/" + artifact + "/pom.properties")) {
                maven.load(in);
            }
            return Optional.ofNullable(maven.getProperty("version"));
        } catch (IOException e) {
            return ofManifest(root);
        }
    }

    private Optional<String> ofManifest(String root) {
        try (InputStream in = open(root + "META-INF/MANIFEST.MF")) {
            Attributes manifest = new Manifest(in).getMainAttributes();
            return Optional.ofNullable(manifest.getValue("Bundle-Version"))
                    .filter(version -> bundle.equals(manifest.getValue("Bundle-SymbolicName")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Without the JDK's cache, which would keep the jar open when the application has gone. */
    private static InputStream open(String url) throws IOException {
        URLConnection connection = new URL(url).openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }
}
