package io.github.dagwasm.camel;

import io.github.dagwasm.local.LocalBackend;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import io.github.dagwasm.pipeline.Placeholders;
import io.github.dagwasm.pipeline.ResolvableKeys;
import io.github.dagwasm.runtime.CurrentContext;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.runtime.PipelineRuntime;
import io.github.dagwasm.wasm.LoadUse;
import io.github.dagwasm.wasm.SandboxUse;
import io.github.dagwasm.wasm.TextRoom;
import io.github.dagwasm.wasm.WasmBackend;
import io.github.dagwasm.wasm.WasmPolicy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/**
 * The runtime of one Camel context: one pool and one scheduler, made by Camel, shared by all
 * pipelines. It owns them and closes them.
 */
final class ContextRuntime implements AutoCloseable {

    private static final String NAME = "dagwasm";

    /** Tasks are small; a run that finds no room works on its caller's thread. */
    private static final int MOST_WAITING = 1000;

    private final CamelContext context;
    private final ExecutorServiceManager manager;
    private final ExecutorService pool;
    private final ScheduledExecutorService scheduler;
    private final PipelineRuntime runtime;
    private final WasmBackend wasm;
    private final CamelBackend endpoints;
    private final ResolvableKeys resolvable;

    /**
     * Makes the runtime.
     *
     * @param context whose threads, registry and properties it uses
     * @param owner what Camel calls the source of the threads
     * @param poolSize how many threads all runs share beside those of their callers
     * @param endpoints makes what makes processors of endpoints, when the first one is needed
     * @param policy what the operator says of all modules
     * @param resolvable the placeholders that pipeline files may use
     */
    ContextRuntime(
            CamelContext context,
            Object owner,
            int poolSize,
            Supplier<EndpointProcessors> endpoints,
            WasmPolicy policy,
            ResolvableKeys resolvable) {
        this.context = context;
        this.resolvable = resolvable;
        manager = context.getExecutorServiceManager();
        pool = manager.newThreadPool(owner, NAME, poolProfile(NAME, poolSize));
        scheduler = manager.newScheduledThreadPool(owner, NAME + "-deadlines", deadlineProfile());
        LocalBackend local = LocalBackend.load(classLoader());
        wasm = new WasmBackend(policy);
        this.endpoints = new CamelBackend(endpoints);
        runtime =
                new PipelineRuntime(
                        List.of(
                                new RegistryBackend(local, context.getRegistry()),
                                wasm,
                                this.endpoints),
                        new BoundedPool(pool, poolSize, MOST_WAITING),
                        scheduler);
    }

    /** The bound is ours; the pool itself never refuses and never lets callers run its tasks. */
    static ThreadPoolProfile poolProfile(String name, int size) {
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(size);
        profile.setMaxPoolSize(size);
        profile.setMaxQueueSize(-1);
        profile.setAllowCoreThreadTimeOut(true);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** A maximum of 0 keeps Camel from bounding the queue: there is a deadline for every call. */
    private static ThreadPoolProfile deadlineProfile() {
        ThreadPoolProfile profile = new ThreadPoolProfile(NAME + "-deadlines");
        profile.setPoolSize(1);
        profile.setMaxPoolSize(0);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** What all calls of guests have at this moment. */
    SandboxUse sandboxUse() {
        return wasm.sandboxUse();
    }

    /** What loads of modules have at this moment. */
    LoadUse loadUse() {
        return wasm.loadUse();
    }

    /** Room for the texts of messages. */
    TextRoom texts() {
        return wasm.texts();
    }

    /** What makes processors of endpoints; closed with this. */
    EndpointProcessors endpoints() {
        return endpoints.processors();
    }

    /** How many threads are inside local processors that did not heed the interrupt. */
    int abandonedThreads() {
        return runtime.abandonedThreads();
    }

    /** By digest, how many processors use each module. */
    Map<String, Integer> modules() {
        return wasm.modules();
    }

    /** A reader that asks Camel what placeholders stand for. */
    PipelineReader reader() {
        ContextProperties properties = new ContextProperties(context);
        return runtime.reader(
                Placeholders.of(properties::property).calling(properties).only(resolvable));
    }

    /** Makes a pipeline ready; resources on the class path are those of the application. */
    Pipeline load(Function<PipelineReader, PipelineDefinition> definition) {
        // Else its thread is made for some message, and may inherit the MDC of that one for good.
        scheduler.execute(CurrentContext::remove);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(classLoader());
        try {
            return runtime.load(definition.apply(reader()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The application's, where Camel knows it; else whichever the thread has. */
    private ClassLoader classLoader() {
        ClassLoader application = context.getApplicationContextClassLoader();
        if (application != null) {
            return application;
        }
        ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
        return ofThread == null ? ContextRuntime.class.getClassLoader() : ofThread;
    }

    /** Runs that are under way end by themselves, on the threads they have. */
    @Override
    public void close() {
        runtime.close();
        manager.shutdown(pool);
        manager.shutdown(scheduler);
    }
}
