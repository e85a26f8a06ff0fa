package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.wasm.admission.ModuleFacts.Import;
import io.github.dagwasm.wasm.admission.ModuleFacts.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The import section: only functions that are provided, of exactly their types. */
final class ImportReader {

    private static final Kind[] KINDS = Kind.values();

    private final Findings findings;
    private final IndexSpaces spaces;
    private final DefinitionReader definitions;
    private final List<String> refusals = new ArrayList<>();
    private Optional<ForeignHost> foreign = Optional.empty();
    private String foreignImport = "";

    ImportReader(Findings findings, IndexSpaces spaces, DefinitionReader definitions) {
        this.findings = findings;
        this.spaces = spaces;
        this.definitions = definitions;
    }

    void read(Cursor section) {
        long count = section.u32();
        findings.count(Budget.IMPORTS, count);
        for (long i = 0; i < count; i++) {
            Cursor.Name module = section.name();
            Cursor.Name name = section.name();
            findings.add(Budget.NAME_BYTES, (long) module.length() + name.length());
            Kind kind = kind(section, "import");
            if (kind == Kind.FUNCTION) {
                readFunction(section, module, name);
            } else {
                String type = readOther(section, kind);
                if (kind == Kind.GLOBAL && type.startsWith("mut ")) {
                    findings.use(Feature.MUTABLE_GLOBALS, section.what());
                }
                refuse(module, name, kind);
                findings.add(new Import(module.shown(), name.shown(), kind, type, false));
            }
        }
        findings.settle(Budget.NAME_BYTES);
        section.requireEnd();
        // What the module was built for says more than the first import that is missing.
        foreign.map(host -> host.refusal(foreignImport)).ifPresent(findings::refuse);
        refusals.forEach(findings::refuse);
    }

    static Kind kind(Cursor section, String what) {
        int start = section.position();
        int kind = section.u8();
        if (kind >= KINDS.length) {
            throw section.malformed("no kind of " + what + " " + kind, start);
        }
        return KINDS[kind];
    }

    private void readFunction(Cursor section, Cursor.Name module, Cursor.Name name) {
        long type = section.u32();
        spaces.importFunction(type);
        String asked = spaces.types().text(type);
        Optional<String> given = type(module, name);
        if (given.isEmpty()) {
            refuse(module, name, Kind.FUNCTION);
        } else if (!asked.equals(given.get())) {
            refuse(
                    "import "
                            + shown(module, name)
                            + " has the type "
                            + asked
                            + "; provided: "
                            + given.get()
                            + ImportRemedy.ofOtherType(shown(module, name)));
        }
        boolean provided = given.isPresent() && asked.equals(given.get());
        findings.add(new Import(module.shown(), name.shown(), Kind.FUNCTION, asked, provided));
    }

    private String readOther(Cursor section, Kind kind) {
        return switch (kind) {
            case TABLE -> definitions.readTableType(section);
            case MEMORY -> definitions.readMemoryType(section);
            case GLOBAL -> definitions.readGlobalType(section);
            case TAG -> definitions.readTagType(section);
            case FUNCTION -> throw new IllegalArgumentException("functions are read elsewhere");
        };
    }

    private void refuse(Cursor.Name module, Cursor.Name name, Kind kind) {
        Optional<ForeignHost> host = ForeignHost.of(module, name);
        if (host.isPresent() && foreign.map(host.get()::tellsMoreThan).orElse(true)) {
            foreign = host;
            foreignImport = shown(module, name);
        }
        String what =
                kind == Kind.FUNCTION ? "" : " (" + kind.name().toLowerCase(Locale.ROOT) + ")";
        refuse(
                "import "
                        + shown(module, name)
                        + what
                        + " is not provided; provided: "
                        + findings.terms().offer()
                        + ImportRemedy.of(
                                module, name, kind, findings.terms().provided().keySet()));
    }

    private void refuse(String sentence) {
        if (refusals.size() < ModuleFacts.SHOWN) {
            refusals.add(sentence);
        }
    }

    private static String shown(Cursor.Name module, Cursor.Name name) {
        return module.shown() + "." + name.shown();
    }

    /** The type of a provided function. */
    private Optional<String> type(Cursor.Name module, Cursor.Name name) {
        for (Map.Entry<String, String> function : findings.terms().provided().entrySet()) {
            int dot = function.getKey().indexOf('.');
            if (module.is(function.getKey().substring(0, dot))
                    && name.is(function.getKey().substring(dot + 1))) {
                return Optional.of(function.getValue());
            }
        }
        return Optional.empty();
    }
}
