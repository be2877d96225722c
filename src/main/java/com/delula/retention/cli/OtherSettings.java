package com.delula.retention.cli;

import java.util.List;
import java.util.stream.Collectors;

import com.delula.retention.pgcron.ServiceSettings;
import com.delula.retention.pgcron.ServiceSettings.Difference;
import com.delula.retention.rule.Rule;
import org.jspecify.annotations.Nullable;

/** Says that a command was given settings of a rule that the service does not have. */
final class OtherSettings {

	/** The option that goes by them all the same. */
	static final String OPTION = "--own-settings";

	/** What help says of it. */
	static final String DESCRIPTION = "Go by the settings given here, though the service last started with others.";

	private static final String TEXT = "The settings of %s given here are not those that the service last"
			+ " started with: %s. Give the command the same environment and configuration as the service, or add "
			+ OPTION + ".";

	private OtherSettings() {
	}

	/** In what the settings differ, and what to do; null if they do not. */
	static @Nullable String of(Session session, Rule rule) {
		List<Difference> differences = session.bean(ServiceSettings.class).differences(rule);
		return differences.isEmpty() ? null : String.format(TEXT, rule.name(),
				differences.stream().map(Difference::toString).collect(Collectors.joining("; ")));
	}

}
