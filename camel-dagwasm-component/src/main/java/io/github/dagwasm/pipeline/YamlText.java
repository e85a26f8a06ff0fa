package io.github.dagwasm.pipeline;

import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.text.Text;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * From bytes to the tree of the one document in them. What goes wrong here is the file's only
 * fault.
 */
final class YamlText {

    /** The most bytes, or characters, that a pipeline file may have. */
    static final int MAX_SIZE = 1 << 20;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder()
                    .setSchema(CoreTags.INSTANCE)
                    // The walk over the tree has a bound of its own; sharing a block is no fault.
                    .setMaxAliasesForCollections(Integer.MAX_VALUE)
                    // Reported by us, with its place.
                    .setAllowNonScalarKeys(true)
                    .setCodePointLimit(Integer.MAX_VALUE)
                    .build();

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final int SHOWN = 200;

    private YamlText() {}

    static String decode(byte[] bytes, Faults faults) {
        if (bytes.length > MAX_SIZE) {
            throw tooLarge(faults);
        }
        otherEncoding(bytes)
                .ifPresent(
                        encoding -> {
                            throw faults.fatal(
                                    Position.START,
                                    "the file is " + encoding + "; a pipeline file is UTF-8");
                        });
        try {
            return Text.ofUtf8(bytes).string();
        } catch (MalformedTextException e) {
            byte[] before = Arrays.copyOf(bytes, (int) e.offset());
            throw faults.fatal(
                    Position.after(withoutMark(Text.ofUtf8(before).string())),
                    e.getMessage() + "; a pipeline file is UTF-8");
        }
    }

    /**
     * By a byte order mark, or by the zeros beside an ASCII character, as YAML 1.2.2 says (5.2).
     */
    private static Optional<String> otherEncoding(byte[] bytes) {
        int first = at(bytes, 0);
        int second = at(bytes, 1);
        boolean zeros = at(bytes, 2) == 0 && at(bytes, 3) == 0;
        boolean little = (first == 0xff && second == 0xfe) || (first > 0 && second == 0);
        boolean big = (first == 0xfe && second == 0xff) || (first == 0 && second > 0);
        if ((little && zeros) || (first == 0 && second == 0)) {
            return Optional.of("UTF-32");
        }
        return little || big ? Optional.of("UTF-16") : Optional.empty();
    }

    /** A byte, -1 after the last. */
    private static int at(byte[] bytes, int index) {
        return index < bytes.length ? Byte.toUnsignedInt(bytes[index]) : -1;
    }

    private static String withoutMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /** A byte order mark is no part of the text, nor of its first line. */
    static MappingNode compose(String text, Faults faults) {
        String yaml = withoutMark(text);
        checkCharacters(yaml, faults);
        try {
            Parser parser =
                    new DepthGuard(
                            new ParserImpl(SETTINGS, new StreamReader(SETTINGS, yaml)), faults);
            Composer composer = new Composer(SETTINGS, parser);
            if (!composer.hasNext()) {
                throw faults.fatal(Position.START, "the file is empty; expected a pipeline");
            }
            Node root = composer.next();
            if (composer.hasNext()) {
                throw faults.fatal(
                        Position.of(parser.peekEvent().getStartMark()),
                        "a second document begins here; expected one pipeline in a file");
            }
            MergeKeys.merge(root, faults);
            return pipeline(root, faults);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            Position at = mark.isPresent() ? Position.of(mark) : Position.START;
            throw faults.fatal(at, "not YAML: " + sentence(e));
        } catch (NumberFormatException e) {
            // The engine reads eight hexadecimal digits into an int.
            throw faults.fatal(
                    Position.START, "not YAML: an escape or a version has a number out of range");
        } catch (YamlEngineException e) {
            String problem = String.valueOf(e.getMessage());
            throw faults.fatal(Position.START, "not YAML: " + GuestText.escape(problem, SHOWN));
        }
    }

    private static MappingNode pipeline(Node root, Faults faults) {
        if (root instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
            return mapping;
        }
        Position at = Position.of(root.getStartMark());
        if (root instanceof ScalarNode && root.getTag().equals(Tag.NULL)) {
            throw faults.fatal(at, "the file is empty; expected a pipeline");
        }
        throw faults.fatal(at, "found " + Found.describe(root) + "; expected a block of keys");
    }

    private static void checkCharacters(String yaml, Faults faults) {
        if (yaml.length() > MAX_SIZE) {
            throw tooLarge(faults);
        }
        for (int i = 0; i < yaml.length(); ) {
            int c = yaml.codePointAt(i);
            if (!StreamReader.isPrintable(c)) {
                throw faults.fatal(
                        Position.after(yaml.substring(0, i)),
                        String.format(Locale.ROOT, "not YAML: the character U+%04X", c));
            }
            i += Character.charCount(c);
        }
    }

    private static PipelineFileException tooLarge(Faults faults) {
        return faults.fatal(
                Position.START, "the file is too large; expected at most " + MAX_SIZE + " bytes");
    }

    private static String sentence(MarkedYamlEngineException e) {
        boolean alone = e.getContext() == null || e.getContext().isEmpty();
        String context = alone ? "" : e.getContext() + ", ";
        return GuestText.escape(context + e.getProblem(), SHOWN);
    }
}
