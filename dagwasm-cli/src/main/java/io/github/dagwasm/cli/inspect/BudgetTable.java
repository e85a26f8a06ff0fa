package io.github.dagwasm.cli.inspect;

import io.github.dagwasm.wasm.admission.Budget;
import io.github.dagwasm.wasm.admission.Budgets;
import io.github.dagwasm.wasm.admission.ModuleFacts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How much of its budgets a module uses: what is over first, then by share. What is below 1 % is
 * only counted, what is not used at all left out.
 */
final class BudgetTable {

    private final List<Use> uses;

    /** One budget and its use. */
    private record Use(Budget budget, long used, long allowed) {

        boolean over() {
            return used > allowed;
        }

        /** Of an empty budget everything is infinitely much. */
        double share() {
            return allowed == 0 ? Double.MAX_VALUE : (double) used / allowed;
        }

        boolean small() {
            return share() < 0.01;
        }

        String percent() {
            if (allowed == 0) {
                return "";
            }
            return BigDecimal.valueOf(used)
                            .multiply(BigDecimal.valueOf(100))
                            .divide(BigDecimal.valueOf(allowed), 0, RoundingMode.DOWN)
                    + " %";
        }
    }

    BudgetTable(ModuleFacts facts, Budgets budgets) {
        uses =
                Arrays.stream(Budget.values())
                        .map(b -> new Use(b, facts.used(b), budgets.of(b)))
                        .filter(use -> use.used() > 0)
                        .sorted(Comparator.comparingDouble(Use::share).reversed())
                        .toList();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append(row("budgets", "used", "budget", "share", "").substring(2));
        uses.stream()
                .filter(use -> !use.small())
                .map(
                        use ->
                                row(
                                        use.budget().key(),
                                        Shown.number(use.used()),
                                        Shown.number(use.allowed()),
                                        use.percent(),
                                        use.over() ? "  over" : ""))
                .forEach(out::append);
        List<Use> small = uses.stream().filter(Use::small).toList();
        if (!small.isEmpty()) {
            out.append("  below 1 %:\n");
            Columns.wrapped(named(small), 4)
                    .forEach(line -> out.append("    ").append(line).append('\n'));
        }
        return out.toString();
    }

    private static List<String> named(List<Use> uses) {
        int last = uses.size() - 1;
        return IntStream.rangeClosed(0, last)
                .mapToObj(
                        i ->
                                uses.get(i).budget().key()
                                        + " "
                                        + Shown.number(uses.get(i).used())
                                        + (i < last ? "," : ""))
                .toList();
    }

    private static String row(
            String name, String used, String allowed, String share, String remark) {
        return String.format(
                Locale.ROOT, "  %-22s %15s %15s %9s%s\n", name, used, allowed, share, remark);
    }
}
