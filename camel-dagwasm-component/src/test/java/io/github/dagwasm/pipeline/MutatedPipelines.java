package io.github.dagwasm.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Good pipeline files with a few random changes. A file is a tree of maps, lists and scalars; a
 * scalar is a string of YAML source, so that "5", '5' and 5 are three different ones.
 */
final class MutatedPipelines {

    private static final List<String> SCALARS =
            List.of(
                    "0",
                    "1",
                    "5",
                    "-1",
                    "2.0",
                    "2.5",
                    "1e3",
                    "0x10",
                    "1025",
                    ".inf",
                    "1e999",
                    "99999999999999999999",
                    "true",
                    "false",
                    "yes",
                    "null",
                    "",
                    "\"\"",
                    "\"5\"",
                    "a",
                    "b",
                    "\"{{two}}\"",
                    "\"{{yes}}\"",
                    "\"{{text}}\"",
                    "\"{{none}}\"",
                    "\"{{none:3}}\"",
                    "\"{{open\"",
                    "\"{{upper}}\"",
                    "\"{{local}}\"",
                    "[]",
                    "[a]",
                    "[5]",
                    "{}",
                    "local",
                    "wasm",
                    "echo",
                    "level",
                    "concat",
                    "deepest",
                    "analyze",
                    "reverse_text",
                    "token_counter",
                    "word_frequency_analyzer",
                    "replace_text",
                    "often",
                    "words",
                    "a.wasm",
                    "direct:a",
                    "\"\\a\"",
                    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");

    private static final List<String> KEYS =
            List.of(
                    "strategy",
                    "failure_strategy",
                    "executor_options",
                    "max_concurrency",
                    "timeout_seconds",
                    "run_timeout_seconds",
                    "retry_attempts",
                    "wasm",
                    "limits",
                    "memory_mb",
                    "log_bytes",
                    "max_input_bytes",
                    "strict",
                    "output",
                    "processors",
                    "id",
                    "backend",
                    "type",
                    "impl",
                    "processor",
                    "depends_on",
                    "options",
                    "merge",
                    "merge_separator",
                    "required",
                    "resolve",
                    "module",
                    "sha256",
                    "intent",
                    "abi",
                    "function",
                    "prefix",
                    "top",
                    "count_type",
                    "search",
                    "scale",
                    "mode",
                    "times",
                    "label",
                    "loud",
                    "tags",
                    "endpoint",
                    "Strict",
                    "from",
                    "to",
                    "route_configuration",
                    "metadata_headers");

    private final Random random;

    MutatedPipelines(long seed) {
        random = new Random(seed);
    }

    String next() {
        Map<String, Object> file = good();
        int changes = random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            change(anyContainer(file));
        }
        return print(file) + "\n";
    }

    private Map<String, Object> good() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("strategy", "level");
        file.put("executor_options", map("max_concurrency", "2", "timeout_seconds", "0.5"));
        file.put("wasm", map("limits", map("memory_mb", "64")));
        file.put("max_input_bytes", "1000");
        file.put("strict", "true");
        file.put("from", "\"{{none:file:inbox}}\"");
        file.put("to", "direct:out");
        file.put("route_configuration", "errors");
        file.put("metadata_headers", "true");
        List<Object> processors = new ArrayList<>();
        processors.add(
                map(
                        "id",
                        "a",
                        "backend",
                        "local",
                        "impl",
                        "word_frequency_analyzer",
                        "options",
                        map("top", "3"),
                        "resolve",
                        "true"));
        processors.add(
                map(
                        "id",
                        "b",
                        "type",
                        "local",
                        "processor",
                        "prefix_suffix_adder",
                        "options",
                        map("prefix", "'['"),
                        "depends_on",
                        list("a")));
        processors.add(
                map(
                        "id",
                        "c",
                        "backend",
                        "wasm",
                        "module",
                        "a.wasm",
                        "limits",
                        map("log_bytes", "5"),
                        "options",
                        map("intent", "analyze"),
                        "depends_on",
                        list("a", "b"),
                        "merge",
                        "concat",
                        "merge_separator",
                        "'+'"));
        processors.add(
                map(
                        "id",
                        "d",
                        "backend",
                        "echo",
                        "mode",
                        "often",
                        "options",
                        map("times", "2", "label", "007", "loud", "true", "tags", list("x"))));
        file.put("processors", processors);
        return file;
    }

    private Object anyContainer(Object root) {
        List<Object> containers = new ArrayList<>();
        collect(root, containers);
        return containers.get(random.nextInt(containers.size()));
    }

    private static void collect(Object node, List<Object> containers) {
        if (node instanceof Map<?, ?> map) {
            containers.add(map);
            map.values().forEach(value -> collect(value, containers));
        } else if (node instanceof List<?> list) {
            containers.add(list);
            list.forEach(value -> collect(value, containers));
        }
    }

    @SuppressWarnings("unchecked") // the trees above are made of nothing else
    private void change(Object container) {
        if (container instanceof Map<?, ?> map) {
            changeMap((Map<String, Object>) map);
        } else {
            changeList((List<Object>) container);
        }
    }

    private void changeMap(Map<String, Object> map) {
        String key = map.isEmpty() ? any(KEYS) : any(List.copyOf(map.keySet()));
        switch (random.nextInt(6)) {
            case 0 -> map.remove(key);
            case 1 -> map.put(any(KEYS), any(SCALARS));
            case 2 -> {
                Object value = map.remove(key);
                map.put(any(KEYS), value == null ? "1" : value);
            }
            default -> map.put(key, any(SCALARS));
        }
    }

    private void changeList(List<Object> list) {
        if (list.isEmpty() || random.nextInt(3) == 0) {
            list.add(any(SCALARS));
        } else if (random.nextBoolean()) {
            list.remove(random.nextInt(list.size()));
        } else {
            list.set(random.nextInt(list.size()), any(SCALARS));
        }
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private static String print(Object node) {
        if (node instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(e -> e.getKey() + ": " + print(e.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof List<?> list) {
            // A comma after nothing would make no item of it.
            return list.stream()
                    .map(item -> item.equals("") ? "null" : print(item))
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return node.toString();
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static List<Object> list(Object... items) {
        return new ArrayList<>(List.of(items));
    }
}
