package io.github.dagwasm.examples.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.Session;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import org.springframework.jms.support.converter.MessageConversionException;
import org.springframework.jms.support.converter.MessageConverter;

/**
 * Takes the text or the bytes from a message, and makes text messages. A message of another kind
 * stays closed, above all one that holds a Java object: to read that back is to run the sender's
 * code. A pipeline says of it that it is no text.
 */
public final class TextMessages implements MessageConverter {

    @Override
    public Object fromMessage(Message message) throws JMSException {
        if (message instanceof TextMessage text) {
            return text.getText() == null ? "" : text.getText();
        }
        if (message instanceof BytesMessage bytes) {
            byte[] body = new byte[Math.toIntExact(bytes.getBodyLength())];
            bytes.reset();
            bytes.readBytes(body);
            return body;
        }
        boolean holdsSomething =
                message instanceof MapMessage
                        || message instanceof ObjectMessage
                        || message instanceof StreamMessage;
        return holdsSomething ? message : "";
    }

    /** An answer is a text, as every pipeline's result is. */
    @Override
    public Message toMessage(Object body, Session session) throws JMSException {
        if (body instanceof String text) {
            return session.createTextMessage(text);
        }
        throw new MessageConversionException("expected a text, actual a " + body.getClass());
    }
}
