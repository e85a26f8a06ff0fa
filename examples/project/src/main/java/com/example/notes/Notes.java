package com.example.notes;

import org.apache.camel.main.Main;

/** The application. Its routes in YAML and its options are found on the class path. */
public final class Notes {

    private Notes() {}

    /**
     * Runs until it is stopped.
     *
     * @param arguments those of camel-main
     */
    public static void main(String[] arguments) throws Exception {
        configured().run(arguments);
    }

    /** Configures the application, which is not started. */
    static Main configured() {
        Main main = new Main();
        main.configure().addRoutesBuilder(new PublishRoute());
        return main;
    }
}
