package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.WasmModule;

/** Copies of a parsed module, to change some of its sections. */
final class ModuleCopy {

    private ModuleCopy() {}

    /** All sections of a module, not validated when they are built. */
    static WasmModule.Builder of(WasmModule module) {
        return WasmModule.builder()
                .setTypeSection(module.typeSection())
                .setImportSection(module.importSection())
                .setFunctionSection(module.functionSection())
                .setTableSection(module.tableSection())
                .setMemorySection(module.memorySection().orElse(null))
                .setGlobalSection(module.globalSection())
                .setExportSection(module.exportSection())
                .setStartSection(module.startSection().orElse(null))
                .setElementSection(module.elementSection())
                .setCodeSection(module.codeSection())
                .setDataSection(module.dataSection())
                .setDataCountSection(module.dataCountSection().orElse(null))
                .setTagSection(module.tagSection().orElse(null))
                .withDigest(module.digest())
                .withValidation(false);
    }
}
