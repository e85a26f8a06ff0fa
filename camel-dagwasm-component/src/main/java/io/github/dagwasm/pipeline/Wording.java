package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.KeySpec;

/** How the author of a pipeline is told of its keys: in the words in which he wrote it. */
interface Wording {

    /**
     * What a key is called.
     *
     * @param path its path in a pipeline file, as in {@code processors[0].limits.memory_mb}
     */
    String nameOf(String path);

    /**
     * The place of a key that does not belong into its block.
     *
     * @param block the path of the block
     */
    String placeOf(String block, String key);

    /** What a key is. */
    String noun();

    /**
     * The sentence about a key that is missing.
     *
     * @param who what needs it, in the words of a file
     * @param block the path of the block that needs it
     */
    String needs(String who, String block, String key);

    /**
     * What the values of a key with choices are.
     *
     * @param path the key's path
     */
    String choice(KeySpec spec, String path);

    /** The words of a file, where every key stands under its path. */
    final class OfFile implements Wording {

        static final Wording INSTANCE = new OfFile();

        private OfFile() {}

        @Override
        public String nameOf(String path) {
            return path;
        }

        @Override
        public String placeOf(String block, String key) {
            return block;
        }

        @Override
        public String noun() {
            return "key";
        }

        @Override
        public String needs(String who, String block, String key) {
            return who + " needs '" + key + "'";
        }

        @Override
        public String choice(KeySpec spec, String path) {
            return spec.name();
        }
    }

    /** The words of parameters, which have names of their own and no blocks. */
    record OfParameters(ProcessorParameters parameters) implements Wording {

        private static final String PROCESSOR = ProcessorNode.where(0);
        private static final String OPTION = "option";

        @Override
        public String nameOf(String path) {
            String key = relative(path);
            if (key.isEmpty() || key.equals(PipelineKeys.OPTIONS)) {
                return "";
            }
            if (key.startsWith(PipelineKeys.OPTIONS + ".")) {
                return OPTION + key.substring(PipelineKeys.OPTIONS.length());
            }
            int item = key.endsWith("]") ? key.lastIndexOf('[') : key.length();
            String list = key.substring(0, item);
            return parameters.names().getOrDefault(list, list) + key.substring(item);
        }

        @Override
        public String placeOf(String block, String key) {
            return BlockReader.inside(block, Phrases.bare(key));
        }

        @Override
        public String noun() {
            return OPTION;
        }

        @Override
        public String needs(String who, String block, String key) {
            String name = nameOf(BlockReader.inside(block, key));
            return "the processor needs '" + (name.isEmpty() ? key : name) + "'";
        }

        @Override
        public String choice(KeySpec spec, String path) {
            return nameOf(path).isEmpty() ? parameters.backend() + " processor" : spec.name();
        }

        private static String relative(String path) {
            if (path.equals(PROCESSOR)) {
                return "";
            }
            return path.startsWith(PROCESSOR + ".") ? path.substring(PROCESSOR.length() + 1) : path;
        }
    }
}
