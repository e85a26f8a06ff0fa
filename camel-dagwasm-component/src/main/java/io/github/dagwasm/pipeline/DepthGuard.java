package io.github.dagwasm.pipeline;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * Stops at a nesting that no pipeline has, before the composer, which is recursive, runs out of
 * stack.
 */
final class DepthGuard implements Parser {

    static final int MAX_DEPTH = 50;

    private final Parser parser;
    private final Faults faults;
    private int depth;

    DepthGuard(Parser parser, Faults faults) {
        this.parser = parser;
        this.faults = faults;
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case SequenceStart, MappingStart -> enter(event);
            case SequenceEnd, MappingEnd -> depth--;
            default -> {}
        }
        return event;
    }

    private void enter(Event event) {
        depth++;
        if (depth > MAX_DEPTH) {
            throw faults.fatal(
                    Position.of(event.getStartMark()),
                    "lists and blocks are nested more than " + MAX_DEPTH + " deep");
        }
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }
}
