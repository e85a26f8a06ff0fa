package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.wasm.admission.Budget;
import io.github.dagwasm.wasm.admission.Budgets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;

/** Keys of an {@code admission:} block, one for each budget. Stateless. */
final class AdmissionKeys {

    private AdmissionKeys() {}

    static List<KeySpec> specs() {
        return Arrays.stream(Budget.values()).map(AdmissionKeys::spec).toList();
    }

    private static KeySpec spec(Budget budget) {
        return KeySpec.of(
                        budget.key(),
                        KeySpec.Type.INTEGER,
                        budget.description() + "; more is refused.")
                .between(0, (double) budget.most())
                .defaultsTo(Long.toString(budget.byDefault()));
    }

    /** Budgets with the values of a block in the place of their own. */
    static Budgets with(Budgets budgets, KeyValues block) {
        EnumMap<Budget, Long> all = new EnumMap<>(budgets.values());
        all.replaceAll((budget, value) -> block.integer(budget.key()).orElse(value));
        return new Budgets(all);
    }
}
