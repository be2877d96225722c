package com.delula.retention.statement;

import java.util.stream.Collectors;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.rule.Rule;

/** Has a function refuse to run outside of its rule's windows. */
final class WindowSql {

	private static final String REFUSAL = """
			IF NOT (SELECT {open} FROM (SELECT CAST(clock_timestamp() AT TIME ZONE 'UTC' AS time) AS time) AS now) THEN
					RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state', MESSAGE = {message}, HINT = {hint};
				END IF;""";

	private WindowSql() {
	}

	/** The refusal; empty for a rule without windows. */
	static String refusal(Rule rule) {
		if (rule.safeguards().windows().isEmpty()) {
			return "";
		}
		String open = rule.safeguards()
			.windows()
			.stream()
			.map((window) -> "(now.time >= time '" + window.from() + "' "
					+ (window.from().isBefore(window.to()) ? "AND" : "OR") + " now.time < time '" + window.to() + "')")
			.collect(Collectors.joining(" OR "));
		return new SqlTemplate().with("open", open)
			.with("message",
					Literals.of(rule.name() + " runs only within its windows: " + rule.safeguards().windowsText()))
			.with("hint",
					Literals.of("Call it within them, or change " + rule.settings()
							+ ".windows and restart the service. Nothing was deleted."))
			.fill(REFUSAL);
	}

}
