package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import com.dylibso.chicory.runtime.Instance;
import io.github.dagwasm.wasm.engine.InstanceImage;
import io.github.dagwasm.wasm.engine.SpareMemory;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.util.Optional;

/** One instance on Chicory. */
final class ChicoryInstance implements WasmInstance {

    private final ChicoryModule module;
    private final Instance instance;
    private final FlatMemory memory;
    private final ChicoryMemory view;
    private final MutableGlobals globals;
    private final Growth growth;
    private final Meter meter;
    private final EngineFailures failures;
    private ChicoryImage image;
    private long kept;

    ChicoryInstance(
            ChicoryModule module,
            Instance instance,
            FlatMemory memory,
            ChicoryMemory view,
            Growth growth,
            Meter meter,
            EngineFailures failures) {
        this.module = module;
        this.instance = instance;
        this.memory = memory;
        this.view = view;
        this.growth = growth;
        this.meter = meter;
        this.failures = failures;
        globals = new MutableGlobals(instance);
    }

    @Override
    public void begin(Spending spending) {
        meter.begin(spending);
    }

    @Override
    public long fuelUsed() {
        return meter.used();
    }

    @Override
    public long[] call(String function, long... arguments) throws InterruptedException {
        try {
            Optional<Integer> index = module.functionIndex(function);
            return index.isPresent()
                    ? instance.getMachine().call(index.get(), arguments)
                    : instance.export(function).apply(arguments);
        } catch (Throwable t) {
            // A guest near 2^31 brings the engine to throw what no trap is: NPE, AIOOBE, Errors.
            throw failures.failure(t);
        }
    }

    @Override
    public WasmMemory memory() {
        return view;
    }

    @Override
    public void keep(long number) {
        kept = number;
    }

    @Override
    public long kept() {
        return kept;
    }

    @Override
    public InstanceImage image() {
        module.freshBecause()
                .ifPresent(
                        reason -> {
                            throw new UnsupportedOperationException(reason);
                        });
        try {
            return new ChicoryImage(module, memory.image(), globals.values(), kept);
        } catch (OutOfMemoryError e) {
            throw growth.heapSpent(e);
        }
    }

    @Override
    public long imageBytes() {
        return memory.imageBytes();
    }

    @Override
    public void adopt(InstanceImage anew) throws InterruptedException {
        if (!(anew instanceof ChicoryImage ours) || ours.module() != module) {
            throw new IllegalArgumentException("the image is not of an instance of this module");
        }
        growth.forgetRefusal();
        try {
            memory.adopt(ours.memory());
        } catch (OutOfMemoryError | SpentException | ChicoryInterruptedException e) {
            throw failures.failure(e);
        }
        image = ours;
        kept = ours.kept();
        globals.set(ours.globals());
    }

    @Override
    public void reset() throws InterruptedException {
        if (image == null) {
            throw new IllegalStateException("there is no image to go back to");
        }
        try {
            memory.reset();
        } catch (OutOfMemoryError | SpentException | ChicoryInterruptedException e) {
            throw failures.failure(e);
        }
        globals.set(image.globals());
        growth.forgetRefusal();
    }

    @Override
    public long heldBytes() {
        return growth.held();
    }

    @Override
    public SpareMemory retire() throws InterruptedException {
        try {
            return memory.retire(module.bytesBesideMemory());
        } catch (OutOfMemoryError | SpentException | ChicoryInterruptedException e) {
            throw failures.failure(e);
        }
    }
}
