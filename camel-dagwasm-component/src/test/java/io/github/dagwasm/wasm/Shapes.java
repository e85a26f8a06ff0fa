package io.github.dagwasm.wasm;

/** Modules as compilers make them, with the functions of one convention or another. */
final class Shapes {

    static final String WASI = "wasi_snapshot_preview1";

    private Shapes() {}

    static Shape rust(String type) {
        return rust(new Shape(), type);
    }

    static Shape rust(Shape shape, String type) {
        return rust(shape, type, "process");
    }

    static Shape rust(Shape shape, String type, String function) {
        return shape.withMemory()
                .exporting(function, type)
                .exporting("allocate", "i>i")
                .exporting("deallocate", "ii>");
    }

    static Shape c(String type) {
        return new Shape()
                .withMemory()
                .exporting("_initialize", ">")
                .exporting("process", type)
                .exporting("malloc", "i>i")
                .exporting("free", "i>");
    }

    static Shape camel() {
        return new Shape().withMemory().exporting("alloc", "i>i").exporting("dealloc", "ii>");
    }

    static Shape emscripten() {
        return new Shape()
                .importing(WASI, "proc_exit", "i>")
                .withMemory()
                .exporting("_initialize", ">")
                .exporting("process", "i>i")
                .exporting("malloc", "i>i")
                .exporting("free", "i>")
                .exporting("emscripten_stack_get_current", ">i")
                .exporting("_emscripten_stack_restore", "i>");
    }

    static Shape assemblyScript() {
        return new Shape().importing("env", "abort", "iiii>");
    }

    static Shape runtime(Shape shape) {
        return shape.withMemory()
                .exporting("__new", "ii>i")
                .exporting("__pin", "i>i")
                .exporting("__unpin", "i>")
                .exporting("__collect", ">");
    }

    static Shape wasi() {
        return new Shape()
                .importing(WASI, "fd_read", "iiii>i")
                .importing(WASI, "fd_write", "iiii>i")
                .importing(WASI, "proc_exit", "i>");
    }

    static Shape go() {
        return wasi().importing(WASI, "args_get", "ii>i")
                .importing(WASI, "args_sizes_get", "ii>i")
                .importing(WASI, "clock_time_get", "ili>i")
                .importing(WASI, "environ_get", "ii>i")
                .importing(WASI, "poll_oneoff", "iiii>i")
                .importing(WASI, "random_get", "ii>i")
                .importing(WASI, "sched_yield", ">i");
    }

    static Shape command(Shape shape) {
        return shape.withMemory().exporting("_start", ">");
    }
}
