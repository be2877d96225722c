package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.rule.Rules;
import com.delula.retention.statement.StateCounts;

/**
 * The names of the series in {@code retention_sample}. They are stored, so they do not
 * change.
 */
final class SampleNames {

	/** Failed rows, by table. */
	static final String FAILED = "failed:";

	/** Due rows, by rule. */
	static final String DUE = "due:";

	/** The state that rows are counted in as failed. */
	static final String FAILED_STATE = "failed";

	private SampleNames() {
	}

	static String due(Rule rule) {
		return DUE + rule.name();
	}

	static String failed(RuleTable table) {
		return FAILED + spaced(table);
	}

	/** The tables in which rules remove failed rows, parents first. */
	static List<RuleTable> failing(Rule rule) {
		List<RuleTable> tables = new ArrayList<>(
				rule.tables().stream().filter((table) -> StateCounts.covered(table).contains(FAILED_STATE)).toList());
		Collections.reverse(tables);
		return tables;
	}

	/** The series of failed rows and what they are called. */
	static Map<String, String> failed(Rules rules) {
		Map<String, String> names = new LinkedHashMap<>();
		rules.all()
			.forEach((rule) -> failing(rule).forEach((table) -> names.put(failed(table), "Failed " + spaced(table))));
		return names;
	}

	private static String spaced(RuleTable table) {
		return table.name().replace('_', ' ');
	}

}
