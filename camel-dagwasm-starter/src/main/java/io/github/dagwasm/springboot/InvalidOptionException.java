package io.github.dagwasm.springboot;

import java.io.Serial;

/** A property of the component that cannot be used; the message names its key. */
final class InvalidOptionException extends IllegalArgumentException {

    @Serial private static final long serialVersionUID = 1;

    InvalidOptionException(String message) {
        super(message);
    }

    InvalidOptionException(String message, Throwable cause) {
        super(message, cause);
    }
}
