package io.github.dagwasm.wasm.engine;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The functions of WASI preview 1 and their types, as its definition has them: what a module may
 * import is known without a class of the library that carries them out. Stateless.
 */
public final class WasiFunctions {

    /** The module name of their imports. */
    public static final String MODULE = "wasi_snapshot_preview1";

    /** The one that returns nothing: it does not return. */
    private static final String EXIT = "proc_exit";

    /** The letter of a 64-bit integer below; another one stands for 32 bits. */
    private static final char LONG = 'L';

    /** Names and parameters; all but one return an error number. */
    private static final Map<String, String> PARAMETERS = new LinkedHashMap<>();

    static {
        PARAMETERS.put("args_get", "ii");
        PARAMETERS.put("args_sizes_get", "ii");
        PARAMETERS.put("environ_get", "ii");
        PARAMETERS.put("environ_sizes_get", "ii");
        PARAMETERS.put("clock_res_get", "ii");
        PARAMETERS.put("clock_time_get", "iLi");
        PARAMETERS.put("fd_advise", "iLLi");
        PARAMETERS.put("fd_allocate", "iLL");
        PARAMETERS.put("fd_close", "i");
        PARAMETERS.put("fd_datasync", "i");
        PARAMETERS.put("fd_fdstat_get", "ii");
        PARAMETERS.put("fd_fdstat_set_flags", "ii");
        PARAMETERS.put("fd_fdstat_set_rights", "iLL");
        PARAMETERS.put("fd_filestat_get", "ii");
        PARAMETERS.put("fd_filestat_set_size", "iL");
        PARAMETERS.put("fd_filestat_set_times", "iLLi");
        PARAMETERS.put("fd_pread", "iiiLi");
        PARAMETERS.put("fd_prestat_get", "ii");
        PARAMETERS.put("fd_prestat_dir_name", "iii");
        PARAMETERS.put("fd_pwrite", "iiiLi");
        PARAMETERS.put("fd_read", "iiii");
        PARAMETERS.put("fd_readdir", "iiiLi");
        PARAMETERS.put("fd_renumber", "ii");
        PARAMETERS.put("fd_seek", "iLii");
        PARAMETERS.put("fd_sync", "i");
        PARAMETERS.put("fd_tell", "ii");
        PARAMETERS.put("fd_write", "iiii");
        PARAMETERS.put("path_create_directory", "iii");
        PARAMETERS.put("path_filestat_get", "iiiii");
        PARAMETERS.put("path_filestat_set_times", "iiiiLLi");
        PARAMETERS.put("path_link", "iiiiiii");
        PARAMETERS.put("path_open", "iiiiiLLii");
        PARAMETERS.put("path_readlink", "iiiiii");
        PARAMETERS.put("path_remove_directory", "iii");
        PARAMETERS.put("path_rename", "iiiiii");
        PARAMETERS.put("path_symlink", "iiiii");
        PARAMETERS.put("path_unlink_file", "iii");
        PARAMETERS.put("poll_oneoff", "iiii");
        PARAMETERS.put(EXIT, "i");
        PARAMETERS.put("proc_raise", "i");
        PARAMETERS.put("random_get", "ii");
        PARAMETERS.put("sched_yield", "");
        PARAMETERS.put("sock_accept", "iii");
        PARAMETERS.put("sock_recv", "iiiiii");
        PARAMETERS.put("sock_send", "iiiii");
        PARAMETERS.put("sock_shutdown", "ii");
    }

    private WasiFunctions() {}

    /**
     * What they are called.
     *
     * @return their names, without the module's
     */
    public static Set<String> names() {
        return Collections.unmodifiableSet(PARAMETERS.keySet());
    }

    /**
     * The type of a function.
     *
     * @param name its name, without the module's
     * @return the type, empty where there is no such function
     */
    public static Optional<Signature> signature(String name) {
        return Optional.ofNullable(PARAMETERS.get(name))
                .map(parameters -> new Signature(types(parameters), results(name)));
    }

    /**
     * All functions as messages write them. Made without streams, which cost a process time that it
     * may never come to use.
     *
     * @return their types by {@code module.name}
     */
    public static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        PARAMETERS.forEach(
                (name, parameters) -> {
                    StringBuilder type = new StringBuilder("(");
                    for (int i = 0; i < parameters.length(); i++) {
                        type.append(i == 0 ? "" : ", ");
                        type.append(parameters.charAt(i) == LONG ? "i64" : "i32");
                    }
                    type.append(name.equals(EXIT) ? ") -> ()" : ") -> (i32)");
                    types.put(MODULE + "." + name, type.toString());
                });
        return types;
    }

    private static List<ValueType> types(String parameters) {
        ValueType[] types = new ValueType[parameters.length()];
        Arrays.setAll(types, i -> parameters.charAt(i) == LONG ? ValueType.I64 : ValueType.I32);
        return Arrays.asList(types);
    }

    private static List<ValueType> results(String name) {
        return name.equals(EXIT) ? List.of() : List.of(ValueType.I32);
    }
}
