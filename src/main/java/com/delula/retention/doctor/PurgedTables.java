package com.delula.retention.doctor;

import java.util.List;

import com.delula.retention.run.RetentionTask;

/** The tables that lose rows, with their partitions. */
final class PurgedTables {

	/**
	 * Begins a statement that looks at them: gives {@code purged} with their oids.
	 */
	static final String WITH_PURGED = """
			WITH RECURSIVE purged AS (
				SELECT CAST(to_regclass(t.name) AS oid) AS oid
				FROM unnest(string_to_array(:tables, ',')) AS t (name)
				UNION
				SELECT CAST(p.relid AS oid)
				FROM unnest(string_to_array(:tables, ',')) AS t (name)
				CROSS JOIN LATERAL pg_partition_tree(to_regclass(t.name)) p
			)
			""";

	private final List<String> names;

	PurgedTables(List<RetentionTask> tasks) {
		this.names = tasks.stream().flatMap((task) -> task.tables().stream()).distinct().toList();
	}

	/** The parameter {@code tables}. */
	String names() {
		return String.join(",", this.names);
	}

}
