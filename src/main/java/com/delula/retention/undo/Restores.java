package com.delula.retention.undo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.delula.retention.database.Instants;
import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RowCatalog;
import com.delula.retention.installation.RowCatalog.Parent;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.NotRestorableException;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.undo.RestoreTable.Column;
import com.delula.retention.undo.RestoreTable.Found;
import com.delula.retention.undo.RestoreTable.Needed;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Plans restores of a rule's runs. */
public final class Restores {

	private static final String UNDONE = """
			SELECT r.status = 'running' AS running, r.dry_run, r.mode = 'restore' AS restore,
				extract(epoch FROM r.undo_until) AS until, r.undo_until <= clock_timestamp() AS expired,
				r.rows_removed AS removed,
				(SELECT coalesce(-sum(o.rows_removed), 0)
					FROM retention_run o
					WHERE o.mode = 'restore' AND NOT o.dry_run AND o.options ->> 'restoreOf' = CAST(r.id AS text)) AS restored,
				EXISTS (SELECT FROM retention_undo u WHERE u.run_id = r.id) AS kept
			FROM retention_run r
			WHERE r.id = :of AND r.task = :task
			""";

	private static final String DAYS = """
			SELECT CAST(min(u.expires_on) AS text) AS first, CAST(max(u.expires_on) AS text) AS last
			FROM retention_undo u
			WHERE u.run_id = :of AND u.table_name = :table
			HAVING count(*) > 0
			""";

	private static final String COLUMNS = """
			SELECT jsonb_array_elements_text(r.undo_columns -> CAST(:table AS text))
			FROM retention_run r
			WHERE r.id = :of
			""";

	private static final String LITERAL = "SELECT quote_literal(:text)";

	private final JdbcClient jdbc;

	private final Catalog catalog;

	private final Rule rule;

	public Restores(JdbcClient jdbc, Catalog catalog, Rule rule) {
		this.jdbc = jdbc;
		this.catalog = catalog;
		this.rule = rule;
	}

	/**
	 * Looks at a request before a run is opened for it.
	 * @throws NotRestorableException if the rows are not there to be put back
	 * @throws InstallationIncompleteException if the role may not put them back
	 */
	public void check(RunRequest request) {
		this.jdbc.sql(UNDONE)
			.param("of", of(request))
			.param("task", this.rule.name())
			.query((row, index) -> new Undone(row.getBoolean("running"), row.getBoolean("dry_run"),
					row.getBoolean("restore"), Instants.ofEpoch(row, "until"), row.getBoolean("expired"),
					row.getLong("removed"), row.getLong("restored"), row.getBoolean("kept")))
			.optional()
			.orElseThrow(NotRestorableException::unknown)
			.check(this.rule.settings() + ".undo");
		for (RuleTable table : this.rule.tables()) {
			if (!this.catalog.missingPrivileges(table.name(), List.of("INSERT")).isEmpty()) {
				throw new InstallationIncompleteException("The service's role may not put rows back into "
						+ table.name() + ". GRANT INSERT ON " + table.name() + " to it for as long as you restore.");
			}
		}
	}

	/** The steps of a restore: parents before those that refer to them. */
	public List<RetentionStep> steps(RunScope scope) {
		UUID of = of(scope.request());
		List<RetentionStep> steps = new ArrayList<>();
		for (RuleTable table : this.rule.tables()) {
			found(of, table).ifPresent(
					(found) -> steps.add(new RestoreStep(this.jdbc, new RestoreTable(found), of, scope.runId())));
		}
		Collections.reverse(steps);
		return steps;
	}

	private static UUID of(RunRequest request) {
		return UUID.fromString(Objects.requireNonNull(request.options().get(Run.RESTORE_OF)));
	}

	/** Empty where nothing of the table is kept. */
	private Optional<Found> found(UUID of, RuleTable table) {
		return this.jdbc.sql(DAYS)
			.param("of", of)
			.param("table", table.name())
			.query((row, index) -> List.of(row.getString("first"), row.getString("last")))
			.optional()
			.map((days) -> found(of, table, days));
	}

	private Found found(UUID of, RuleTable table, List<String> days) {
		RowCatalog rows = new RowCatalog(this.jdbc);
		List<String> kept = this.jdbc.sql(COLUMNS)
			.param("of", of)
			.param("table", table.name())
			.query(String.class)
			.list();
		return new Found(table.name(), this.catalog.sqlName(table.name()), key(table), columns(rows, table, kept),
				parents(rows, table), reason(kept), rows.hasDeferrableKey(table.name()), days.get(0), days.get(1));
	}

	private String reason(List<String> kept) {
		int place = kept.indexOf(String.valueOf(this.rule.reasonColumn()));
		return (place >= 0) ? "u.row_values[" + (place + 1) + "]" : "CAST(NULL AS text)";
	}

	private static List<Column> columns(RowCatalog rows, RuleTable table, List<String> kept) {
		return rows.writable(table.name())
			.stream()
			.filter((column) -> kept.contains(column.name()))
			.map((column) -> new Column(column.name(), column.sql(),
					"CAST(u.row_values[" + (kept.indexOf(column.name()) + 1) + "] AS " + column.type() + ")"))
			.toList();
	}

	private List<String> key(RuleTable table) {
		return table.key().isEmpty() ? this.catalog.primaryKey(table.name()) : table.key();
	}

	/** Foreign keys, and references that the rule declares where there are none. */
	private List<Needed> parents(RowCatalog rows, RuleTable table) {
		List<Parent> keys = rows.parents(table.name());
		Stream<Parent> declared = this.rule.tables()
			.stream()
			.flatMap((parent) -> parent.heldBy()
				.stream()
				.filter((reference) -> reference.table().equals(table.name()))
				.map((reference) -> new Parent(this.catalog.sqlName(parent.name()), List.of(reference.column()),
						key(parent).subList(0, 1))))
			.filter((parent) -> keys.stream().noneMatch((key) -> key.columns().equals(parent.columns())));
		return Stream.concat(keys.stream(), declared).map((parent) -> new Needed(parent, keptAs(parent))).toList();
	}

	private @Nullable String keptAs(Parent parent) {
		return this.rule.tables()
			.stream()
			.filter((table) -> this.catalog.sqlName(table.name()).equals(parent.table()))
			.filter((table) -> key(table).equals(parent.keys()))
			.map((table) -> this.jdbc.sql(LITERAL).param("text", table.name()).query(String.class).single())
			.findFirst()
			.orElse(null);
	}

	/**
	 * The run that is to be undone.
	 *
	 * @param running whether it goes on
	 * @param dryRun whether it only counted
	 * @param restore whether it put rows back
	 * @param until until when it can be undone; null where its rows were not kept
	 * @param expired whether that has passed
	 * @param removed the rows that it removed
	 * @param restored those of them that are back
	 * @param kept whether some are kept
	 */
	private record Undone(boolean running, boolean dryRun, boolean restore, @Nullable Instant until, boolean expired,
			long removed, long restored, boolean kept) {

		void check(String setting) {
			if (this.running) {
				throw NotRestorableException.running();
			}
			if (this.dryRun || this.restore) {
				throw NotRestorableException.neverRemoves(this.dryRun ? "a dry run" : "a restore");
			}
			if (this.removed == 0) {
				throw NotRestorableException.removedNothing();
			}
			if (this.until == null) {
				throw NotRestorableException.notKept(setting);
			}
			if (this.expired) {
				throw NotRestorableException.expired(this.until);
			}
			if (!this.kept) {
				throw (this.restored >= this.removed) ? NotRestorableException.allRestored(this.removed)
						: NotRestorableException.dropped();
			}
		}

	}

}
