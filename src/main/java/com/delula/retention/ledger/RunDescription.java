package com.delula.retention.ledger;

import java.util.Map;
import java.util.stream.Collectors;

import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;

/** Describes a run in a ledger row, such as "Expired sessions: 12 rows removed". */
final class RunDescription {

	private final Rules rules;

	RunDescription(Rules rules) {
		this.rules = rules;
	}

	String of(Run run) {
		return (run.mode() == Mode.EMERGENCY ? "EMERGENCY " : "") + name(run) + ": " + removed(run) + ending(run)
				+ (run.note() != null ? "; " + run.note() : "");
	}

	/** A rule may be gone from the configuration when its last run is closed. */
	private String name(Run run) {
		return this.rules.find(run.task()).map(Rule::ledgerName).orElseGet(() -> run.task().replace('-', ' '));
	}

	private static String removed(Run run) {
		String rows = Quantity.rows(run.rowsDone()) + (run.restores() ? " restored" : " removed");
		Map<String, Long> tables = run.removedByTable();
		if (tables.size() < 2) {
			return rows;
		}
		return rows + tables.entrySet()
			.stream()
			.map((table) -> Quantity.of(Math.abs(table.getValue())) + " " + table.getKey())
			.collect(Collectors.joining(", ", " (", ")"));
	}

	private static String ending(Run run) {
		if (run.status() == RunStatus.SUCCEEDED) {
			return "";
		}
		return "; run " + run.status().label().replace('_', ' ') + (run.error() != null ? ": " + run.error() : "");
	}

}
