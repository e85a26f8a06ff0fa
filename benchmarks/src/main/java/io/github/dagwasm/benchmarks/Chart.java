package io.github.dagwasm.benchmarks;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Ratios on one thread as bars, on a logarithmic scale: upwards for slower, downwards for faster.
 *
 * @param ratios for each contender its ratio in each case
 */
record Chart(Map<String, Map<String, Double>> ratios) {

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 560;
    private static final int ROTATION = 20;

    /** Of the guests, called directly and in Camel routes. */
    static Chart of(Map<Part, Outcome> outcomes) {
        Map<String, Map<String, Double>> ratios = new LinkedHashMap<>();
        outcomes.forEach(
                (part, outcome) ->
                        outcome.rows().stream()
                                .filter(row -> part == Part.WASM || part == Part.CAMEL)
                                .filter(row -> row.threads() == 1 && !row.isFloor())
                                .filter(row -> row.of().startsWith("W"))
                                .forEach(
                                        row ->
                                                ratios.computeIfAbsent(
                                                                row.contender(),
                                                                key -> new LinkedHashMap<>())
                                                        .put(label(part, row), row.ratio())));
        return new Chart(ratios);
    }

    private static String label(Part part, Row row) {
        return part == Part.CAMEL ? "Camel " + row.of() : row.of();
    }

    boolean isEmpty() {
        return ratios.isEmpty();
    }

    /** Writes the chart as SVG. */
    void writeTo(Path file) throws IOException {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(
                                "Time as a multiple of Chicory's, one instance reused; in Camel of"
                                        + " a Java lambda's. One thread.")
                        .yAxisTitle("times, logarithmic")
                        .build();
        // The library's logarithmic axis has no room for ratios below one.
        chart.getStyler().setyAxisTickLabelsFormattingFunction(Chart::times);
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setXAxisLabelRotation(ROTATION);
        Set<String> cases = new LinkedHashSet<>();
        ratios.values().forEach(ofCases -> cases.addAll(ofCases.keySet()));
        ratios.forEach(
                (contender, ofCases) -> {
                    // The library leaves a bar out where there is null.
                    List<Double> bars = new ArrayList<>();
                    cases.forEach(
                            of ->
                                    bars.add(
                                            ofCases.containsKey(of)
                                                    ? Math.log10(ofCases.get(of))
                                                    : null));
                    chart.addSeries(contender, List.copyOf(cases), bars);
                });
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }

    /** A power of ten in words; nothing between two of them. */
    private static String times(double exponent) {
        if (exponent != Math.rint(exponent)) {
            return "";
        }
        int decimals = (int) Math.max(0, -exponent);
        return String.format(Locale.ROOT, "%,." + decimals + "f", Math.pow(10, exponent));
    }
}
