package io.github.dagwasm.cli.graph;

/** How the SVG picture looks: colours for light first, which simple viewers stop at. */
final class SvgStyle {

    static final String SHEET =
            """

            .dagwasm text { text-anchor: middle; font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
            .dagwasm .heading { text-anchor: start; font: 600 16px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #18222c; }
            .dagwasm .words { font-size: 11px; font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
            .dagwasm .name { font-size: 14px; font-weight: 600; fill: #18222c; }
            .dagwasm .detail { font-size: 12px; fill: #44525f; }
            .dagwasm .page { fill: #ffffff; }
            .dagwasm .line { fill: none; stroke: #7b8895; stroke-width: 1.5; }
            .dagwasm .output-line { stroke: #33414e; stroke-width: 2.5; }
            .dagwasm .head { fill: #7b8895; }
            .dagwasm .output-head { fill: #33414e; }
            .dagwasm .box { stroke-width: 1.5; }
            .dagwasm .analyze .box { stroke-dasharray: 6 4; }
            .dagwasm .required .box { stroke-width: 3.5; }
            .dagwasm .terminal .box { fill: #33414e; }
            .dagwasm .terminal .name { fill: #ffffff; }
            .dagwasm .local .box { fill: #edf4fb; stroke: #3973ac; }
            .dagwasm .local .words { fill: #2d608f; }
            .dagwasm .wasm .frame { fill: #ece2fb; stroke: #7048b6; stroke-width: 1; }
            .dagwasm .wasm .box { fill: #faf7ff; stroke: #7048b6; }
            .dagwasm .wasm .words { fill: #623bab; }
            .dagwasm .camel .box { fill: #fdf4e3; stroke: #b0701a; }
            .dagwasm .camel .words { fill: #8a5510; }
            @media (prefers-color-scheme: dark) {
            .dagwasm .page { fill: #10161c; }
            .dagwasm .heading, .dagwasm .name { fill: #e6edf3; }
            .dagwasm .detail { fill: #a9b6c2; }
            .dagwasm .output-line { stroke: #c9d3dc; }
            .dagwasm .output-head { fill: #c9d3dc; }
            .dagwasm .terminal .box { fill: #c9d3dc; }
            .dagwasm .terminal .name { fill: #10161c; }
            .dagwasm .local .box { fill: #14283b; stroke: #5b9bd8; }
            .dagwasm .local .words { fill: #8cbcec; }
            .dagwasm .wasm .frame { fill: #2b1e42; stroke: #a586e0; }
            .dagwasm .wasm .box { fill: #1d152d; stroke: #a586e0; }
            .dagwasm .wasm .words { fill: #c3abf0; }
            .dagwasm .camel .box { fill: #33260f; stroke: #d79b45; }
            .dagwasm .camel .words { fill: #e8b871; }
            }
            """;

    private SvgStyle() {}
}
