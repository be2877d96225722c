package com.delula.retention.cli;

import picocli.CommandLine.IVersionProvider;

/** Tells the version of the jar. */
final class Version implements IVersionProvider {

	@Override
	public String[] getVersion() {
		String version = Version.class.getPackage().getImplementationVersion();
		return new String[] { "retention " + ((version != null) ? version : "(not packaged)") };
	}

}
