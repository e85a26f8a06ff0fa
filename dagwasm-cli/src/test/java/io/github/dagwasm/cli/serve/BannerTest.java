package io.github.dagwasm.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BannerTest {

    @Test
    void tellsRoutesThenModulesThenThatItIsReady() {
        Banner banner =
                new Banner(
                        "shop",
                        List.of(
                                new Banner.Route(
                                        "drop",
                                        "file:shop/inbox",
                                        List.of("dagwasm:pipeline:a.yaml", "file:shop/outbox"),
                                        true),
                                new Banner.Route("later", "direct:later", List.of(), false)),
                        List.of(new Banner.Module("hello.wasm", "5f1c")));

        assertThat(banner)
                .hasToString(
                        """
                        route drop: file:shop/inbox -> dagwasm:pipeline:a.yaml -> file:shop/outbox
                        route later: direct:later (not started)
                        module hello.wasm: sha256 5f1c
                        ready: serving shop: 2 routes, 1 module; stop with Ctrl+C""");
    }

    @Test
    void tellsOfRoutesWithoutModules() {
        Banner banner =
                new Banner(
                        "shop",
                        List.of(new Banner.Route("tick", "timer:t", List.of("log:out"), true)),
                        List.of());

        assertThat(banner)
                .hasToString(
                        """
                        route tick: timer:t -> log:out
                        ready: serving shop: 1 route, 0 modules; stop with Ctrl+C""");
    }
}
