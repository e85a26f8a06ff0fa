package io.github.dagwasm.applications;

import org.apache.camel.main.Main;

/** An application that camel-main runs: it starts, prints its report, and ends. */
public final class Application {

    private Application() {}

    /**
     * Starts the application.
     *
     * @param arguments none: options are properties of the system
     * @throws Exception if it does not start
     */
    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(Report.route());
        main.start();
        try {
            Report.print(main.getCamelContext(), Report.readiness(main.getCamelContext()));
        } finally {
            main.stop();
        }
    }
}
