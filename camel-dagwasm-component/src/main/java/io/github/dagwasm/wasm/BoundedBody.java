package io.github.dagwasm.wasm;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** The body of an answer, up to a bound and one byte more; or nothing of it. */
final class BoundedBody implements BodySubscriber<byte[]> {

    private final long most;
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private Subscription subscription;

    /** Negative for nothing. */
    private BoundedBody(long most) {
        this.most = most;
    }

    /** Reads no more than a number of bytes and one. */
    static BoundedBody upTo(long most) {
        return new BoundedBody(most);
    }

    /** Reads nothing. */
    static BoundedBody unread() {
        return new BoundedBody(-1);
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription = begun;
        if (most < 0) {
            end();
        } else {
            begun.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            byte[] bytes = new byte[(int) Math.min(buffer.remaining(), most + 1 - read.size())];
            buffer.get(bytes);
            read.writeBytes(bytes);
        }
        if (read.size() > most) {
            end();
        } else {
            subscription.request(1);
        }
    }

    private void end() {
        subscription.cancel();
        onComplete();
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(read.toByteArray());
    }
}
