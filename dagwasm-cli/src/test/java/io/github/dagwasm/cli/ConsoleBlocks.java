package io.github.dagwasm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the commands and their outputs out of a Markdown text. They stand in blocks fenced as
 * {@code console}; blocks of any other language are not looked into.
 *
 * <p>In a block a line that begins with {@code "$ "} is a command. Where it ends with a backslash
 * the next line belongs to it, without the {@code "> "} that a shell would show before it. All
 * other lines are the output of the command before them.
 */
final class ConsoleBlocks {

    private static final Pattern FENCE = Pattern.compile(" {0,3}(`{3,})[ \\t]*([^` \\t]*)[^`]*");
    private static final String PROMPT = "$ ";
    private static final String CONTINUED = "> ";

    private final String name;
    private final List<String> lines;
    private final List<DocumentedCommand> commands = new ArrayList<>();
    private int next;

    private ConsoleBlocks(String name, List<String> lines) {
        this.name = name;
        this.lines = lines;
    }

    /**
     * Reads a text.
     *
     * @param name what errors call the text
     * @param markdown the text
     * @throws IllegalArgumentException if a block is not ended, has no command or begins with an
     *     output; the message begins with the name and the line
     */
    static List<DocumentedCommand> parse(String name, String markdown) {
        ConsoleBlocks blocks = new ConsoleBlocks(name, markdown.lines().toList());
        blocks.parse();
        return List.copyOf(blocks.commands);
    }

    private void parse() {
        while (next < lines.size()) {
            Matcher fence = FENCE.matcher(lines.get(next++));
            if (fence.matches()) {
                int begin = next;
                int end = end(fence.group(1));
                if (fence.group(2).equals("console")) {
                    readBlock(begin, end);
                }
                next = end + 1;
            }
        }
    }

    private int end(String opening) {
        for (int i = next; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()
                    && fence.group(2).isEmpty()
                    && fence.group(1).length() >= opening.length()) {
                return i;
            }
        }
        throw fault(next, "the block that begins here has no end");
    }

    private void readBlock(int begin, int end) {
        next = begin;
        if (begin == end || !lines.get(begin).startsWith(PROMPT)) {
            throw fault(begin + 1, "expected a command after '" + PROMPT + "'");
        }
        while (next < end) {
            int number = next + 1;
            String script = readCommand(end);
            StringBuilder output = new StringBuilder();
            while (next < end && !lines.get(next).startsWith(PROMPT)) {
                output.append(lines.get(next++)).append('\n');
            }
            commands.add(new DocumentedCommand(number, script, output.toString()));
        }
    }

    private String readCommand(int end) {
        StringBuilder script =
                new StringBuilder(lines.get(next++).substring(PROMPT.length())).append('\n');
        while (script.toString().endsWith("\\\n") && next < end) {
            String line = lines.get(next++);
            script.append(line.startsWith(CONTINUED) ? line.substring(CONTINUED.length()) : line);
            script.append('\n');
        }
        return script.toString();
    }

    private IllegalArgumentException fault(int line, String what) {
        return new IllegalArgumentException(name + ":" + line + ": " + what);
    }
}
