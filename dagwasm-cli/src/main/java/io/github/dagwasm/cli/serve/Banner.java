package io.github.dagwasm.cli.serve;

import java.util.List;

/**
 * What is served, for people and for scripts: a line {@code route ...} for each route, a line
 * {@code module ...} for each module, and at the end one that begins with {@code ready: }.
 *
 * @param folder the folder, as the user named it
 * @param routes the routes
 * @param modules the modules, each once
 */
record Banner(String folder, List<Route> routes, List<Module> modules) {

    /**
     * A route.
     *
     * @param id its name
     * @param from where its messages come from, without options and passwords
     * @param steps what happens to them: endpoints, or the kinds of other steps
     * @param started whether it takes messages
     */
    record Route(String id, String from, List<String> steps, boolean started) {

        @Override
        public String toString() {
            String way = steps.isEmpty() ? from : from + " -> " + String.join(" -> ", steps);
            return "route " + id + ": " + way + (started ? "" : " (not started)");
        }
    }

    /**
     * A module.
     *
     * @param file where it is, as it is written in the pipeline file
     * @param sha256 its digest
     */
    record Module(String file, String sha256) {

        @Override
        public String toString() {
            return "module " + file + ": sha256 " + sha256;
        }
    }

    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder();
        routes.forEach(route -> lines.append(route).append('\n'));
        modules.forEach(module -> lines.append(module).append('\n'));
        lines.append("ready: serving ").append(folder).append(": ");
        lines.append(counted(routes.size(), "route")).append(", ");
        lines.append(counted(modules.size(), "module"));
        return lines.append("; stop with Ctrl+C").toString();
    }

    private static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
