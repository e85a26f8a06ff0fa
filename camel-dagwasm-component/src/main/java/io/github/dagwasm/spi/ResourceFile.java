package io.github.dagwasm.spi;

import java.util.Optional;

/** A file that a {@link ResourceSearch} found, read once. Immutable, as long as its bytes are. */
public final class ResourceFile {

    private final String place;
    private final String how;
    private final Optional<ResourceFolder> directory;
    private final byte[] bytes;

    /**
     * What a search found.
     *
     * @param how what {@link #toString} adds to the place, as in {@code " (on the class path)"}
     */
    ResourceFile(String place, String how, Optional<ResourceFolder> directory, byte[] bytes) {
        this.place = place;
        this.how = how;
        this.directory = directory;
        this.bytes = bytes;
    }

    /**
     * The whole file.
     *
     * @return the same array for all who ask, not to be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Where the file was found.
     *
     * @return its absolute path, or {@code classpath:name} for one in an archive, fit to be shown
     */
    public String place() {
        return place;
    }

    /**
     * The folder that the file was found in: what belongs to the file is looked for there first.
     *
     * @return the folder, in an archive too; empty only for a file that has no parent
     */
    public Optional<ResourceFolder> directory() {
        return directory;
    }

    /** Tells the place and which of the rules led to it, not what the file holds. */
    @Override
    public String toString() {
        return place + how;
    }
}
