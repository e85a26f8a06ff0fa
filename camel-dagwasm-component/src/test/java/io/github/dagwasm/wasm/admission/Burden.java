package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.TestModule.join;

import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/**
 * Things that cost whoever loads a module much, as much of each as the default budgets allow. Two
 * of them make one module when each takes half.
 */
enum Burden {
    NOPS(CodeBurdens::nops),
    SMALL_INSTRUCTIONS(CodeBurdens::smallInstructions),
    LARGE_INSTRUCTIONS(CodeBurdens::largeInstructions),
    INTERPRETED(CodeBurdens::interpreted),
    TYPES(DefinitionBurdens::types),
    EMPTY_TYPES(DefinitionBurdens::emptyTypes),
    SIGNATURE_PAIRS(DefinitionBurdens::signaturePairs),
    TYPES_WITH_ALL_FUNCTIONS(DefinitionBurdens::typesWithAllFunctions),
    IMPORTS(DefinitionBurdens::imports),
    FUNCTIONS(DefinitionBurdens::functions),
    FUNCTIONS_WITH_PARAMETERS(DefinitionBurdens::functionsWithParameters),
    FUNCTIONS_WITH_RESULTS(DefinitionBurdens::functionsWithResults),
    CALLS(CodeBurdens::calls),
    TABLES(DefinitionBurdens::tables),
    TAGS(DefinitionBurdens::tags),
    GLOBALS(DefinitionBurdens::globals),
    CONSTANTS(DefinitionBurdens::constants),
    EXPORTS(DefinitionBurdens::exports),
    LONG_NAMES(DefinitionBurdens::longNames),
    ELEMENT_SEGMENTS(DefinitionBurdens::elementSegments),
    ELEMENT_EXPRESSIONS(DefinitionBurdens::elementExpressions),
    LOCALS_OF_FEW(DefinitionBurdens::localsOfFew),
    LOCALS_OF_SOME(DefinitionBurdens::localsOfSome),
    LOCALS_OF_MANY(DefinitionBurdens::localsOfMany),
    LOCALS_OF_ALL(DefinitionBurdens::localsOfAll),
    NESTED_BLOCKS(CodeBurdens::nestedBlocks),
    NESTED_IFS(CodeBurdens::nestedIfs),
    NESTED_LOOPS(CodeBurdens::nestedLoops),
    NESTED_TRIES(CodeBurdens::nestedTries),
    MANY_NESTED_TRIES(CodeBurdens::manyNestedTries),
    TRIES_IN_A_ROW(CodeBurdens::triesInARow),
    STORES_IN_TRIES(CodeBurdens::storesInTries),
    OPERANDS_BELOW_TRIES(CodeBurdens::operandsBelowTries),
    CATCHES(CodeBurdens::catches),
    TAIL_CALLS_IN_TRY(CodeBurdens::tailCallsInTry),
    TARGETS(CodeBurdens::targets),
    DEEP_BRANCHES(CodeBurdens::deepBranches),
    LOOPS(CodeBurdens::loops),
    OPERANDS_OF_BLOCKS(CodeBurdens::operandsOfBlocks),
    OPERANDS_OF_BRANCHES(CodeBurdens::operandsOfBranches),
    LOCALS_AT_BRANCHES(CodeBurdens::localsAtBranches),
    LOCALS_SET_AT_BRANCHES(CodeBurdens::localsSetAtBranches),
    FEW_LOCALS_AT_BRANCHES(CodeBurdens::fewLocalsAtBranches),
    DATA_SEGMENTS(DefinitionBurdens::dataSegments),
    ACTIVE_DATA(DefinitionBurdens::activeData),
    DATA_BYTES(DefinitionBurdens::dataBytes),
    CUSTOM_SECTIONS(DefinitionBurdens::customSections);

    static final int MODULE_BYTES = (16 << 20) - 2000;
    static final int CODE_BYTES = (4 << 20) - 2000;
    static final int BODY_BYTES = (512 << 10) - 20;

    @SuppressWarnings("ImmutableEnumChecker") // a method without state
    private final ObjIntConsumer<BurdenParts> recipe;

    Burden(ObjIntConsumer<BurdenParts> recipe) {
        this.recipe = recipe;
    }

    /** A module of these alone. */
    static byte[] module(Burden... burdens) {
        BurdenParts parts = new BurdenParts();
        for (Burden burden : burdens) {
            burden.recipe.accept(parts, burdens.length);
        }
        return parts.module();
    }

    static byte[] repeated(int times, byte[] one) {
        byte[][] all = new byte[times][];
        Arrays.fill(all, one);
        return join(all);
    }
}
