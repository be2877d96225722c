package com.delula.retention.statement;

import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.delula.retention.database.SqlTemplate;
import com.delula.retention.rule.Condition;
import com.delula.retention.statement.TableShape.Child;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Renders the looks at one row of a table. Each of its conditions is one that a run's
 * statements have.
 */
final class RowSql {

	/** The row, and what each condition says of it. */
	private static final String LOOK = """
			SELECT extract(epoch FROM {time}) AS time, CAST({time} AS text) AS place, {keyTexts},
				CAST({group} AS text) AS grp, {policy} AS policy, {holder} AS holder,
				(true{aged}) IS TRUE AS old, ({referenced}) IS TRUE AS referenced{conditions}{references}
			FROM {table} t
			WHERE {itsKey}
			LIMIT 1
			""";

	/** Counts the rows that sort before it in its group, up to a limit. */
	private static final String NEWER = """
			SELECT count(*)
			FROM (SELECT 1
				FROM {table} t
				WHERE {candidates}{sameGroup}{samePolicy} AND ({time}, {keys}) > (:place, {itsKeys})
				LIMIT :most) n
			""";

	/** A row that was removed, as a run that can still be undone has kept it. */
	private static final String REMOVED = """
			SELECT u.run_id, extract(epoch FROM u.removed_at) AS at, u.row_group, extract(epoch FROM r.undo_until) AS until
			FROM retention_run r
			JOIN retention_undo u ON u.run_id = r.id
			WHERE r.task = :task AND r.undo_until > clock_timestamp()
				AND u.table_name = :table AND u.row_key = ARRAY[{itsKeyTexts}]
			ORDER BY u.removed_at DESC
			LIMIT 1
			""";

	private final TableShape shape;

	private final StatementScope scope;

	private final ReferenceSql references;

	private final SqlTemplate template = new SqlTemplate();

	RowSql(TableShape shape, StatementScope scope, String holder) {
		this.shape = shape;
		this.scope = scope;
		this.references = new ReferenceSql(shape, scope);
		KeySql key = new KeySql(shape);
		key.fill(this.template);
		String group = scope.group();
		String number = scope.policies().number();
		this.template.with("group", (group != null) ? "t." + shape.column(group).sql() : "NULL")
			.with("policy", (number != null) ? number : "0")
			.with("holder", holder)
			.with("aged", scope.policies().withoutHolds().conditions(shape, scope.aged()))
			.with("referenced", shape.referenced())
			.with("candidates", ReferenceSql.candidates(shape))
			.with("itsKey",
					IntStream.range(0, shape.key().size())
						.mapToObj((i) -> key.columns().get(i) + " = :key" + i)
						.collect(Collectors.joining(" AND ")))
			.with("itsKeys", key.each((i) -> ":key" + i))
			.with("itsKeyTexts",
					key.each((i) -> "CAST(CAST(:key" + i + " AS " + shape.key().get(i).type() + ") AS text)"));
	}

	/**
	 * Looks at the row of the key {@code :key0} and so on. For the condition i it tells
	 * whether the row meets it ({@code met<i>}) and its value ({@code value<i>}); for the
	 * child i what rows of that would refer to ({@code ref<i>}).
	 */
	String look() {
		List<Condition> where = this.shape.table().where();
		StringBuilder conditions = new StringBuilder();
		for (int i = 0; i < where.size(); i++) {
			String column = "t." + this.shape.column(where.get(i).column()).sql();
			conditions.append(", (")
				.append(Literals.condition(where.get(i), column))
				.append(") IS TRUE AS met")
				.append(i)
				.append(", CAST(")
				.append(column)
				.append(" AS text) AS value")
				.append(i);
		}
		List<String> references = new ArrayList<>();
		this.shape.children()
			.forEach((child) -> references
				.add(", CAST(t." + child.key().sql() + " AS text) AS ref" + references.size()));
		return this.template.copy()
			.with("conditions", conditions.toString())
			.with("references", String.join("", references))
			.fill(LOOK);
	}

	/** Counts the newer rows of the group {@code :group}, at most {@code :most}. */
	String newer(@Nullable String group, int policy) {
		String number = this.scope.policies().number();
		return inGroup(group).with("samePolicy", (number != null) ? " AND " + number + " = " + policy : "").fill(NEWER);
	}

	/** What fills a statement on the rows of the group {@code :group}. */
	SqlTemplate inGroup(@Nullable String group) {
		String column = this.scope.group();
		String its = (column != null) ? "t." + this.shape.column(column).sql() : "";
		return this.template.copy()
			.with("sameGroup", (column == null) ? "" : " AND " + its + ((group != null) ? " = :group" : " IS NULL"));
	}

	/** Gives a statement that was filled by {@link #inGroup} its group. */
	static StatementSpec in(@Nullable String group, StatementSpec statement) {
		return (group != null) ? statement.param("group", group, Types.OTHER) : statement;
	}

	/** Looks for what was kept of the row when it was removed. */
	String removed() {
		return this.template.fill(REMOVED);
	}

	/** Whether a row of a child that stays refers to {@code :ref}. */
	String referring(Child child) {
		return "SELECT " + this.references.referring(child, ":ref");
	}

	/**
	 * Whether a condition holds for the row.
	 * @param condition a condition on the alias t
	 */
	String holds(String condition) {
		return this.template.copy()
			.with("condition", condition)
			.fill("SELECT count(*) > 0 FROM {table} t WHERE {itsKey} AND {condition}");
	}

}
