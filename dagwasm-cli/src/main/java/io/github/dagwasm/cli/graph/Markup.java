package io.github.dagwasm.cli.graph;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes an SVG document into memory, an element a line. Attributes are given as names and values
 * in turn. All that is not markup is escaped.
 */
final class Markup {

    private static final String SVG = "http://www.w3.org/2000/svg";

    private final StringWriter out = new StringWriter();
    private final XMLStreamWriter xml;

    Markup() {
        try {
            // The JDK's own, whatever else the class path offers: the same bytes everywhere.
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    Markup begin(String element, String... attributes) {
        try {
            xml.writeStartElement(element);
            if (element.equals("svg")) {
                xml.writeDefaultNamespace(SVG);
            }
            attributes(attributes);
            xml.writeCharacters("\n");
            return this;
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    Markup end() {
        try {
            xml.writeEndElement();
            xml.writeCharacters("\n");
            return this;
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    Markup empty(String element, String... attributes) {
        try {
            xml.writeEmptyElement(element);
            attributes(attributes);
            xml.writeCharacters("\n");
            return this;
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    Markup text(String element, String text, String... attributes) {
        try {
            xml.writeStartElement(element);
            attributes(attributes);
            xml.writeCharacters(text);
            return end();
        } catch (XMLStreamException e) {
            throw unexpected(e);
        }
    }

    /** The document, complete once every element has ended. */
    @Override
    public String toString() {
        return out.toString();
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i], attributes[i + 1]);
        }
    }

    private static IllegalStateException unexpected(XMLStreamException cause) {
        return new IllegalStateException("writing XML into memory failed", cause);
    }
}
