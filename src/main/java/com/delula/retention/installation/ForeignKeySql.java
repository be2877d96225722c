package com.delula.retention.installation;

/** Looks for foreign keys. */
public final class ForeignKeySql {

	/** Those of several columns are left to the conditions on foreign keys in general. */
	static final String BETWEEN = """
			SELECT f.attname AS column, k.attname AS referenced, c.confdeltype IN ('a', 'r') AS protects
			FROM pg_constraint c
			JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = c.conkey[1]
			JOIN pg_attribute k ON k.attrelid = c.confrelid AND k.attnum = c.confkey[1]
			WHERE c.contype = 'f' AND c.conrelid = to_regclass(:child) AND c.confrelid = to_regclass(:parent)
				AND c.conparentid = 0 AND array_length(c.conkey, 1) = 1
			ORDER BY c.oid
			""";

	private static final String CONDITION = """
			format('EXISTS (SELECT FROM %s r WHERE %s)', c.conrelid::regclass,
				(SELECT string_agg(format('r.%I = %I.%I', f.attname, CAST(:alias AS text), k.attname), ' AND ')
					FROM unnest(c.conkey, c.confkey) AS pair (fk, pk)
					JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = pair.fk
					JOIN pg_attribute k ON k.attrelid = c.confrelid AND k.attnum = pair.pk))""";

	private static final String PROTECTING = """

			FROM pg_constraint c
			WHERE c.contype = 'f' AND c.confrelid = to_regclass(:table) AND c.conparentid = 0
				AND (c.confdeltype IN ('a', 'r')
					OR c.conrelid = ANY (ARRAY(SELECT CAST(to_regclass(x) AS oid) FROM unnest(CAST(:tied AS text[])) AS x)))
				AND (c.confdeltype NOT IN ('a', 'r') AND array_length(c.conkey, 1) > 1
					OR c.conrelid <> ALL (ARRAY(SELECT CAST(to_regclass(x) AS oid) FROM unnest(CAST(:except AS text[])) AS x)))
				AND has_table_privilege(c.conrelid, 'SELECT')
			ORDER BY c.oid
			""";

	/**
	 * Foreign keys that keep a row from being deleted, and those by which rows of the
	 * rule's own tables, this one among them, would go with it unless the rule looks
	 * after them itself, each as a condition on an alias of the table that they point at.
	 * Those of partitions repeat their parent's; those that the role may not read are
	 * left to the database to enforce.
	 */
	public static final String REFERENCES = "SELECT " + CONDITION + PROTECTING;

	/** The same with the tables that refer, as SQL writes their names. */
	public static final String REFERRING = "SELECT CAST(CAST(c.conrelid AS regclass) AS text) AS table, " + CONDITION
			+ " AS condition" + PROTECTING;

	/**
	 * Tables whose rows go, or change, with a row that they refer to, by a foreign key
	 * that is left to the conditions on foreign keys in general.
	 */
	static final String FOLLOWERS = """
			SELECT DISTINCT CAST(CAST(c.conrelid AS regclass) AS text)
			FROM pg_constraint c
			WHERE c.contype = 'f' AND c.confrelid = to_regclass(:table) AND c.conparentid = 0
				AND c.confdeltype NOT IN ('a', 'r')
				AND c.conrelid = ANY (ARRAY(SELECT CAST(to_regclass(x) AS oid) FROM unnest(CAST(:tied AS text[])) AS x))
				AND (array_length(c.conkey, 1) > 1 OR c.conrelid = c.confrelid)
			ORDER BY 1
			""";

	/** Tables whose rows protect others, which the current role may not read. */
	static final String UNREADABLE = """
			SELECT DISTINCT CAST(CAST(c.conrelid AS regclass) AS text)
			FROM pg_constraint c
			WHERE c.contype = 'f' AND c.confrelid = to_regclass(:table) AND c.conparentid = 0
				AND c.confdeltype IN ('a', 'r') AND NOT has_table_privilege(c.conrelid, 'SELECT')
			ORDER BY 1
			""";

	private ForeignKeySql() {
	}

}
