package com.delula.retention.run.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import com.delula.retention.run.LeftOut;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunAction;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The rows of {@code retention_run}: each is written once, when a run is opened, and read
 * as a {@link Run}. Plain JDBC, since a command would wait longer for an
 * object-relational mapper to start than for its answer.
 */
final class RunRows {

	/**
	 * JSON comes as arrays of texts, so that no parser is needed: an object as its keys
	 * and values in turn, an action as its four texts, the number of its details, and
	 * these; a row left out as its three texts.
	 */
	private static final String SELECT = """
			SELECT r.id, r.task, r.mode, r.trigger, r.actor, r.status, r.dry_run, r.cutoff, r.started_at, r.finished_at,
				r.rows_due, r.rows_removed, r.rows_kept_referenced, r.rows_left_locked, r.error, r.note,
				r.paused, r.duty_cycle, r.waiting_for, r.expected_rows,
				r.undo_until, r.waited_millis, r.waiting_since, clock_timestamp() AS as_of,
				ARRAY(SELECT unnest(ARRAY[o.key, o.value]) FROM jsonb_each_text(r.options) o) AS options,
				ARRAY(SELECT unnest(ARRAY[t.key, t.value]) FROM jsonb_each_text(r.removed_by_table) t) AS by_table,
				ARRAY(SELECT p.text FROM jsonb_array_elements(r.actions) WITH ORDINALITY AS a (action, place)
					CROSS JOIN LATERAL (SELECT ARRAY(SELECT unnest(ARRAY[d.key, d.value])
						FROM jsonb_each_text(a.action -> 'details') d) AS details) b
					CROSS JOIN LATERAL unnest(ARRAY[a.action ->> 'action', a.action ->> 'actor', a.action ->> 'door',
						a.action ->> 'at', CAST(cardinality(b.details) / 2 AS text)] || b.details)
						WITH ORDINALITY AS p (text, place)
					ORDER BY a.place, p.place) AS actions,
				ARRAY(SELECT unnest(ARRAY[l.row ->> 'table', l.row ->> 'key', l.row ->> 'reason'])
					FROM jsonb_array_elements(r.left_out) AS l (row)) AS left_out
			FROM retention_run r
			""";

	private static final String INSERT = """
			INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, options, cutoff, started_at,
				owner, policies, duty_cycle, actions, expected_rows)
			VALUES (:id, :task, :mode, :trigger, :actor, 'running', :dryRun,
				jsonb_object(CAST(:keys AS text[]), CAST(:values AS text[])), :cutoff, :startedAt, :owner,
				CAST(:policies AS jsonb), :dutyCycle, CAST(:actions AS jsonb), :expectedRows)
			""";

	private static final String NOW = "SELECT clock_timestamp()";

	private final JdbcClient jdbc;

	RunRows(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The time by the database's clock. */
	Instant now() {
		return this.jdbc.sql(NOW).query(OffsetDateTime.class).single().toInstant();
	}

	void insert(RunScope scope, List<RunAction> actions, double dutyCycle, String owner) {
		RunRequest request = scope.request();
		this.jdbc.sql(INSERT)
			.param("id", scope.runId())
			.param("task", request.task())
			.param("mode", request.mode().label())
			.param("trigger", request.trigger().label())
			.param("actor", request.actor())
			.param("dryRun", request.dryRun())
			.param("keys", request.options().keySet().toArray(String[]::new))
			.param("values", request.options().values().toArray(String[]::new))
			.param("cutoff", scope.cutoff().atOffset(ZoneOffset.UTC))
			.param("startedAt", scope.startedAt().atOffset(ZoneOffset.UTC))
			.param("owner", owner)
			.param("dutyCycle", dutyCycle)
			.param("policies", JsonMapper.shared().writeValueAsString(scope.policies()))
			.param("actions", JsonMapper.shared().writeValueAsString(actions))
			.param("expectedRows", request.expectedRows(), Types.BIGINT)
			.update();
	}

	Optional<Run> find(UUID id) {
		return this.jdbc.sql(SELECT + "WHERE r.id = :id").param("id", id).query(RunRows::run).optional();
	}

	/**
	 * The newest run that a condition holds for.
	 * @param condition SQL on {@code r}, with parameters
	 */
	Optional<Run> newest(String condition, Map<String, ?> parameters) {
		return newest(condition, parameters, 1, 0).stream().findFirst();
	}

	/** Some of the runs that a condition holds for, newest first. */
	List<Run> newest(String condition, Map<String, ?> parameters, int limit, long offset) {
		return this.jdbc
			.sql(SELECT + "WHERE " + condition + " ORDER BY r.started_at DESC, r.id DESC LIMIT :limit OFFSET :offset")
			.params(parameters)
			.param("limit", limit)
			.param("offset", offset)
			.query(RunRows::run)
			.list();
	}

	private static Run run(ResultSet row, int index) throws SQLException {
		return new Run(row.getObject("id", UUID.class), row.getString("task"), Mode.valueOf(name(row, "mode")),
				Trigger.valueOf(name(row, "trigger")), row.getString("actor"), RunStatus.valueOf(name(row, "status")),
				row.getBoolean("dry_run"), map(texts(row, "options"), Function.identity()),
				Objects.requireNonNull(time(row, "cutoff")), Objects.requireNonNull(time(row, "started_at")),
				time(row, "finished_at"), row.getObject("rows_due", Long.class), row.getLong("rows_removed"),
				row.getLong("rows_kept_referenced"), row.getLong("rows_left_locked"),
				map(texts(row, "by_table"), Long::valueOf), row.getString("error"), row.getString("note"),
				row.getBoolean("paused"), row.getObject("duty_cycle", Double.class), row.getString("waiting_for"),
				row.getObject("expected_rows", Long.class), actions(texts(row, "actions")), time(row, "undo_until"),
				leftOut(texts(row, "left_out")), Duration.ofMillis(row.getLong("waited_millis")),
				time(row, "waiting_since"), Objects.requireNonNull(time(row, "as_of")));
	}

	/** The constant whose label the history holds. */
	private static String name(ResultSet row, String column) throws SQLException {
		return row.getString(column).toUpperCase(Locale.ROOT);
	}

	private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

	private static List<String> texts(ResultSet row, String column) throws SQLException {
		return Arrays.asList((String[]) row.getArray(column).getArray());
	}

	private static List<RunAction> actions(List<String> texts) {
		List<RunAction> actions = new ArrayList<>();
		for (int i = 0; i < texts.size();) {
			int end = i + 5 + 2 * Integer.parseInt(texts.get(i + 4));
			actions.add(new RunAction(texts.get(i), texts.get(i + 1), texts.get(i + 2), Instant.parse(texts.get(i + 3)),
					map(texts.subList(i + 5, end), Function.identity())));
			i = end;
		}
		return actions;
	}

	private static List<LeftOut> leftOut(List<String> texts) {
		List<LeftOut> rows = new ArrayList<>();
		for (int i = 0; i < texts.size(); i += 3) {
			rows.add(new LeftOut(texts.get(i), texts.get(i + 1), texts.get(i + 2)));
		}
		return rows;
	}

	private static <V> Map<String, V> map(List<String> pairs, Function<String, V> value) {
		Map<String, V> map = new LinkedHashMap<>();
		for (int i = 0; i < pairs.size(); i += 2) {
			map.put(pairs.get(i), value.apply(pairs.get(i + 1)));
		}
		return map;
	}

}
