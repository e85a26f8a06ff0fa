package io.github.dagwasm.camel;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.WrappedFile;
import org.apache.camel.component.file.GenericFile;

/**
 * Bodies of {@code camel-file} and of the components that stand on it. An application may be
 * without: no other class names theirs.
 */
final class CamelFiles {

    private static final boolean PRESENT = present();

    private CamelFiles() {}

    private static boolean present() {
        try {
            Class.forName(
                    "org.apache.camel.component.file.GenericFile",
                    false,
                    CamelFiles.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** The charset that the file's endpoint was told. */
    static Optional<String> charset(WrappedFile<?> file) {
        return PRESENT && file instanceof GenericFile<?> generic
                ? Optional.ofNullable(generic.getCharset())
                : Optional.empty();
    }

    /**
     * Where a content goes that takes the place of the file's own, if the file has such a place.
     */
    static Optional<Consumer<Object>> replacement(WrappedFile<?> file) {
        return PRESENT && file instanceof GenericFile<?> generic
                ? Optional.of(generic::setBody)
                : Optional.empty();
    }
}
