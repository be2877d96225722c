package com.delula.retention.doctor;

import java.util.List;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;

/** The tables of all rules, with their partitions. */
final class RuleTables {

	/**
	 * Begins a query on them: {@code rule_table} has their oids, partitions included, and
	 * the names that rules call them by.
	 */
	static final String WITH_RULE_TABLES = """
			WITH RECURSIVE rule_table AS (
				SELECT CAST(to_regclass(t.name) AS oid) AS oid, t.name
				FROM unnest(string_to_array(:tables, ',')) AS t (name)
				UNION
				SELECT CAST(p.relid AS oid), t.name
				FROM unnest(string_to_array(:tables, ',')) AS t (name)
				CROSS JOIN LATERAL pg_partition_tree(to_regclass(t.name)) p
			)
			""";

	private final List<String> names;

	RuleTables(Rules rules) {
		this.names = rules.all().stream().map(Rule::tableNames).flatMap(List::stream).distinct().toList();
	}

	/** The parameter {@code tables}. */
	String names() {
		return String.join(",", this.names);
	}

}
