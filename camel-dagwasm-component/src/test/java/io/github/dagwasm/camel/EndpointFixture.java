package io.github.dagwasm.camel;

import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A context for each test, which is stopped after it. */
abstract class EndpointFixture {

    @TempDir Path folder;

    CamelFixture camel;

    @BeforeEach
    void prepare() {
        camel = new CamelFixture(folder);
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    void route(String to) {
        camel.routes(routes -> routes.from("direct:in").to(to));
    }

    Exchange sent(String uri, Object body) {
        route(uri);
        camel.context.start();
        return camel.send("direct:in", body);
    }
}
