package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.IoReason;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.text.Seconds;
import io.github.dagwasm.wasm.admission.Admission;
import io.github.dagwasm.wasm.admission.Budgets;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a module: one request, without redirects, proxy, cookies or credentials, under one
 * deadline. What a server says, but for its status, is shown to nobody: it may be one that only
 * this process reaches.
 *
 * <p>{@code HttpURLConnection} would have no threads, but also no deadline for the whole, and it
 * takes proxies, cookies and passwords from the JVM. A client that is shared would keep its thread
 * and its connections open for as long as the JVM lives, since on Java 17 nothing closes it. So
 * each fetch has a client of its own, which ends its thread when it is collected, and workers that
 * end when they are idle. Modules are fetched seldom.
 */
final class RemoteModule {

    private static final int OK = 200;
    private static final int REDIRECTS = 3;
    private static final int HUNDRED = 100;
    private static final int WORKERS = 2;
    private static final long IDLE_MILLIS = 500;
    private static final int SHOWN = 100;

    private RemoteModule() {}

    /**
     * Fetches a module.
     *
     * @param module an {@code http:} or {@code https:} URI
     * @param time how long the whole may take
     * @param budgets how large the module may be; nothing beyond is read
     * @throws ModuleRefusedException if there is no such module, if it is too large or takes too
     *     long, and if the thread is interrupted, whose flag is set then
     */
    static byte[] fetch(String module, LoadTime time, Budgets budgets) {
        HttpRequest request = request(module);
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(
                                request,
                                head ->
                                        head.statusCode() == OK
                                                ? BoundedBody.upTo(budgets.moduleBytes())
                                                : BoundedBody.unread());
        try {
            HttpResponse<byte[]> response =
                    answer.get(time.limit().toNanos(), TimeUnit.NANOSECONDS);
            requireOk(response.statusCode());
            byte[] body = response.body();
            if (body.length > budgets.moduleBytes()) {
                throw new ModuleRefusedException(tooLarge(body, budgets));
            }
            return body;
        } catch (TimeoutException e) {
            throw new ModuleRefusedException(
                    "it was not fetched within " + Seconds.of(time.limit()) + time.namedOption(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ModuleRefusedException("the thread was interrupted while it was fetched", e);
        } catch (ExecutionException e) {
            // Neither message nor cause: they quote what the server sent.
            throw new ModuleRefusedException("it cannot be fetched: " + failure(e.getCause()));
        } finally {
            // Closes the connection, whatever is still to come.
            answer.cancel(true);
        }
    }

    /** What is no WebAssembly at all may be a secret of the server's: nothing of it is told. */
    private static String tooLarge(byte[] body, Budgets budgets) {
        return Admission.beginsAsWasm(body)
                ? budgets.tooLarge(body.length, body)
                : budgets.tooManyModuleBytes(body.length);
    }

    /** The module as it may be shown: who writes a password into it does not find it in a log. */
    static String withoutUserInfo(String module) {
        return module.replaceFirst("(?i)^(https?:/*)[^/?#]*@", "$1***@");
    }

    private static HttpRequest request(String module) {
        try {
            URI uri = new URI(module);
            if (uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
                throw new ModuleRefusedException(
                        "its URI has a user or a password, and none is ever sent; expected one such"
                                + " as https://example.org/x.wasm");
            }
            if (uri.getHost() == null) {
                throw new ModuleRefusedException(
                        "its URI names no host; expected one such as https://example.org/x.wasm");
            }
            return HttpRequest.newBuilder(uri).GET().build();
        } catch (URISyntaxException | IllegalArgumentException e) {
            throw new ModuleRefusedException(
                    "its URI is malformed: " + GuestText.escape(reason(e), SHOWN));
        }
    }

    private static String failure(Throwable cause) {
        return cause instanceof IOException && !(cause instanceof ProtocolException)
                ? IoReason.of(cause)
                : "the answer is malformed";
    }

    private static String reason(Exception e) {
        return e instanceof URISyntaxException syntax
                ? syntax.getReason() + " at index " + syntax.getIndex()
                : String.valueOf(e.getMessage());
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .executor(workers())
                .build();
    }

    private static Executor workers() {
        ThreadPoolExecutor workers =
                new ThreadPoolExecutor(
                        WORKERS,
                        WORKERS,
                        IDLE_MILLIS,
                        TimeUnit.MILLISECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> {
                            Thread thread = new Thread(task, "dagwasm-fetch");
                            thread.setDaemon(true);
                            thread.setContextClassLoader(RemoteModule.class.getClassLoader());
                            return thread;
                        });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    private static void requireOk(int status) {
        if (status != OK) {
            throw new ModuleRefusedException(
                    "the server answers with status "
                            + status
                            + "; expected 200"
                            + (status / HUNDRED == REDIRECTS
                                    ? ", since redirects are not followed"
                                    : ""));
        }
    }
}
