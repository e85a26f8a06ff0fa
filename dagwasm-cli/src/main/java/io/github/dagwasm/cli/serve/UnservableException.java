package io.github.dagwasm.cli.serve;

import io.github.dagwasm.failure.DagWasmException;
import java.util.List;
import java.util.stream.Collectors;

/** A folder that cannot be served. */
final class UnservableException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    UnservableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** One for several, with all that they say. */
    static UnservableException of(List<? extends DagWasmException> all) {
        UnservableException one =
                new UnservableException(
                        all.stream().map(Throwable::getMessage).collect(Collectors.joining("\n")),
                        all.get(0));
        all.stream().skip(1).forEach(one::addSuppressed);
        return one;
    }

    @Override
    public String kind() {
        return "unservable";
    }
}
