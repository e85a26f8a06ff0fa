package io.github.dagwasm.camel;

import io.github.dagwasm.pipeline.ResolvableKeys;
import io.github.dagwasm.spi.ResourceRoots;
import io.github.dagwasm.wasm.Grants;
import io.github.dagwasm.wasm.ModuleSources;
import java.util.List;
import org.apache.camel.spi.Metadata;

/**
 * Component options by which an operator confines the authors of pipeline files: where modules come
 * from, which endpoints there may be, and what a file may contain. Each is described at its field,
 * from which Camel's tables are made. An option that forbids something cannot be set once a
 * pipeline was read.
 */
abstract class AuthorOptions extends OperatorOptions {

    private static final String RESOLVABLE = "resolvableProperties";

    @Metadata(
            label = "security",
            description =
                    "The folders that modules may come from, with commas between them: each must exist, and a module must really be below one of them, with all links resolved. classpath:FOLDER/ stands for a folder of the class path, and classpath: for all of it. By default a module is any file that the process can read.")
    private String moduleRoots;

    @Metadata(
            label = "security",
            defaultValue = "false",
            description =
                    "Whether modules may be fetched from servers, as http: or https: says, where the processor pins their sha256. The author of a pipeline can then have the process send requests to any host that it reaches.")
    private boolean allowRemoteModules;

    @Metadata(
            label = "security",
            defaultValue = "clock,random",
            description =
                    "What a pipeline file may grant to modules that import WASI, with commas between them: clock, random. A file that grants more is refused. The word none allows nothing.")
    private String allowedGrants;

    @Metadata(
            label = "security",
            enums = "trusted,restricted",
            description =
                    "How far the authors of pipeline files are trusted. The endpoints of a restricted author are literal text: Camel evaluates no expression in them, looks up no object and resolves no placeholder. By default restricted if moduleRoots or allowedEndpointSchemes is set, else trusted.")
    private String authors;

    @Metadata(
            label = "security",
            description =
                    "The schemes that from, to and the endpoints of camel processors of a pipeline file may have, with commas between them. By default all schemes; for restricted authors those whose endpoints are known to be plain data.")
    private String allowedEndpointSchemes;

    @Metadata(
            label = "security",
            description =
                    "The endpoint options that restricted authors may use beside those that are known to be safe, with commas between them. SCHEME:OPTION opens one option for any value, expressions and references to objects included: as good as trusting the author. An asterisk instead of OPTION opens the path and all options of a scheme for literal text.")
    private String allowedEndpointOptions;

    @Metadata(
            label = "security",
            description =
                    "The placeholders that pipeline files may use, with commas between them: keys such as app.host, beginnings of keys such as app. with an asterisk at the end, functions of Camel such as env:STAGE; none for none. By default dagwasm.dir for restricted authors, and all for trusted ones.")
    private String resolvableProperties;

    /** Refuses an option that would be set in vain. */
    abstract void requireUnused(String option);

    /**
     * The folders that modules may come from.
     *
     * @return them with commas between them, or null for any file
     */
    public String getModuleRoots() {
        return moduleRoots;
    }

    /**
     * The folders that modules may come from.
     *
     * @param moduleRoots folders, {@code classpath:FOLDER/} or {@code classpath:}, with commas
     *     between them; null for any file
     * @throws IllegalStateException if pipelines were read already
     */
    public synchronized void setModuleRoots(String moduleRoots) {
        requireUnused("moduleRoots");
        this.moduleRoots = moduleRoots;
    }

    /**
     * Whether modules may be fetched from servers.
     *
     * @return true if those may whose digest is pinned
     */
    public boolean isAllowRemoteModules() {
        return allowRemoteModules;
    }

    /**
     * Whether modules may be fetched from servers.
     *
     * @param allowRemoteModules true if those may whose digest is pinned
     * @throws IllegalStateException if pipelines were read already
     */
    public synchronized void setAllowRemoteModules(boolean allowRemoteModules) {
        requireUnused("allowRemoteModules");
        this.allowRemoteModules = allowRemoteModules;
    }

    /**
     * What a pipeline file may grant to modules that import WASI.
     *
     * @return names with commas between them, or {@code none}; null for all
     */
    public String getAllowedGrants() {
        return allowedGrants;
    }

    /**
     * What a pipeline file may grant to modules that import WASI.
     *
     * @param allowedGrants {@code clock}, {@code random}, with commas between them, or {@code
     *     none}; null for all
     * @throws IllegalStateException if pipelines were read already
     */
    public synchronized void setAllowedGrants(String allowedGrants) {
        requireUnused("allowedGrants");
        this.allowedGrants = allowedGrants;
    }

    /**
     * How far the authors of pipeline files are trusted.
     *
     * @return {@code trusted}, {@code restricted}, or null: then other options decide
     */
    public String getAuthors() {
        return authors;
    }

    /**
     * How far the authors of pipeline files are trusted.
     *
     * @param authors {@code trusted} or {@code restricted}; null lets other options decide
     * @throws IllegalArgumentException if it is another word
     * @throws IllegalStateException if pipelines were read already
     */
    public synchronized void setAuthors(String authors) {
        requireUnused("authors");
        if (authors != null) {
            Authors unused = Authors.of(authors);
        }
        this.authors = authors;
    }

    /**
     * The schemes that the endpoints of pipeline files may have.
     *
     * @return them with commas between them, or null
     */
    public String getAllowedEndpointSchemes() {
        return allowedEndpointSchemes;
    }

    /**
     * The schemes that the endpoints of pipeline files may have.
     *
     * @param allowedEndpointSchemes schemes with commas between them, or null
     * @throws IllegalStateException if pipelines were read already
     */
    public synchronized void setAllowedEndpointSchemes(String allowedEndpointSchemes) {
        requireUnused("allowedEndpointSchemes");
        this.allowedEndpointSchemes = allowedEndpointSchemes;
    }

    /**
     * The endpoint options that restricted authors may use beside those that are known to be safe.
     *
     * @return entries {@code SCHEME:OPTION} and {@code SCHEME:*} with commas between them, or null
     */
    public String getAllowedEndpointOptions() {
        return allowedEndpointOptions;
    }

    /**
     * The endpoint options that restricted authors may use beside those that are known to be safe.
     *
     * @param allowedEndpointOptions entries {@code SCHEME:OPTION} and {@code SCHEME:*} with commas
     *     between them, or null
     * @throws IllegalStateException if pipelines were read already
     */
    public synchronized void setAllowedEndpointOptions(String allowedEndpointOptions) {
        requireUnused("allowedEndpointOptions");
        this.allowedEndpointOptions = allowedEndpointOptions;
    }

    /**
     * The placeholders that pipeline files may use.
     *
     * @return keys and beginnings of keys with commas between them, or null
     */
    public String getResolvableProperties() {
        return resolvableProperties;
    }

    /**
     * The placeholders that pipeline files may use.
     *
     * @param resolvableProperties keys, beginnings of keys such as {@code app.*} and functions such
     *     as {@code env:STAGE}, with commas between them; {@code none} for none; null for {@code
     *     dagwasm.dir} if authors are restricted, and all if they are trusted
     * @throws IllegalStateException if pipelines were read already
     */
    public synchronized void setResolvableProperties(String resolvableProperties) {
        requireUnused(RESOLVABLE);
        this.resolvableProperties = resolvableProperties;
    }

    /** How far authors are trusted, whether the operator said so or it follows from the rest. */
    final Authors trust() {
        if (authors != null) {
            return Authors.of(authors);
        }
        boolean confined = moduleRoots != null || allowedEndpointSchemes != null;
        return confined ? Authors.RESTRICTED : Authors.TRUSTED;
    }

    /**
     * Decides which endpoints pipeline files may use.
     *
     * @return the policy
     * @throws IllegalArgumentException if an option is malformed or would have no effect
     */
    public EndpointPolicy endpointPolicy() {
        EndpointSchemes schemes = endpointSchemes();
        if (trust() == Authors.RESTRICTED) {
            return EndpointPolicy.restricted(
                    schemes,
                    allowedEndpointOptions == null
                            ? OpenedOptions.NONE
                            : OpenedOptions.of(allowedEndpointOptions, schemes));
        }
        if (allowedEndpointOptions != null) {
            throw new IllegalArgumentException(
                    OpenedOptions.OPTION
                            + ": has no effect while authors are trusted; set authors=restricted,"
                            + " or leave the option out");
        }
        return EndpointPolicy.trusted(schemes);
    }

    /**
     * The placeholders that pipeline files may use.
     *
     * @return the keys
     * @throws IllegalArgumentException if the option is malformed
     */
    public ResolvableKeys resolvableKeys() {
        String option = "resolvableProperties of the component";
        if (resolvableProperties != null) {
            return ResolvableKeys.of(resolvableProperties, option);
        }
        return trust() == Authors.RESTRICTED
                ? ResolvableKeys.of("dagwasm.dir", option)
                : ResolvableKeys.ALL;
    }

    private EndpointSchemes endpointSchemes() {
        return allowedEndpointSchemes == null
                ? EndpointSchemes.ALL
                : EndpointSchemes.of(allowedEndpointSchemes);
    }

    final Grants grants() {
        return allowedGrants == null ? Grants.ALL : Grants.of(allowedGrants);
    }

    final ModuleSources moduleSources() {
        return new ModuleSources(
                moduleRoots == null
                        ? ResourceRoots.ANYWHERE
                        : ResourceRoots.of("moduleRoots", List.of(moduleRoots.split(",", -1))),
                allowRemoteModules);
    }

    /** An option that is wrong fails the start, although nothing may ever need it. */
    @Override
    protected void doStart() throws Exception {
        ModuleSources unusedSources = moduleSources();
        EndpointPolicy unusedPolicy = endpointPolicy();
        Grants unusedGrants = grants();
        ResolvableKeys unusedKeys = resolvableKeys();
        super.doStart();
    }
}
