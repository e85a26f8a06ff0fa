package io.github.dagwasm.examples.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Request whose body is there. */
final class ArrivedRequest extends Request.Wrapper {

    private final Content.Chunk end;
    private Content.Chunk body;

    /**
     * A request.
     *
     * @param request the request, of whose body nothing is left
     * @param body the body, as far as it came
     * @param end what ended it
     */
    ArrivedRequest(Request request, byte[] body, Content.Chunk end) {
        super(request);
        this.body = Content.Chunk.from(ByteBuffer.wrap(body), false);
        this.end = end;
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = body;
        body = end;
        return chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
        getContext().execute(demandCallback);
    }
}
