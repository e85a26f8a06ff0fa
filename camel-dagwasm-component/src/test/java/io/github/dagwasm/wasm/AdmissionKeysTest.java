package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.wasm.admission.Budget;
import io.github.dagwasm.wasm.admission.Budgets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionKeysTest {

    @Test
    void takesBudgetsFromABlockByTheirKeys() {
        Map<Budget, Long> expected = new EnumMap<>(Budgets.DEFAULTS.values());
        expected.put(Budget.LOCALS, 7L);

        Budgets budgets = AdmissionKeys.with(Budgets.DEFAULTS, new KeyValues(Map.of("locals", 7L)));

        assertThat(budgets.values()).isEqualTo(expected);
    }

    @Test
    void eachBudgetHasAKey() {
        assertThat(AdmissionKeys.specs().stream().map(KeySpec::name))
                .containsExactlyElementsOf(
                        Arrays.stream(Budget.values()).map(Budget::key).toList());
    }
}
