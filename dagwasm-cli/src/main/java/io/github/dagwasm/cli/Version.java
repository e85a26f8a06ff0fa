package io.github.dagwasm.cli;

import picocli.CommandLine.IVersionProvider;

/** Tells the version that the build wrote into the jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Dagwasm.class.getPackage().getImplementationVersion();
        return new String[] {"dagwasm " + (version == null ? "(not packaged)" : version)};
    }
}
