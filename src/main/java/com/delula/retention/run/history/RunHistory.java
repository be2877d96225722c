package com.delula.retention.run.history;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.support.PageableExecutionUtils;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads the run history. */
public class RunHistory {

	private static final String TASK = "r.task = :task";

	private static final String STATUS = "r.status = :status";

	private static final String MODE = "r.mode = :mode";

	private static final String IDS = "r.id BETWEEN :first AND :last";

	/** Of these are the runs that keep a task on time. */
	private static final String REMOVING = "NOT r.dry_run AND r.mode <> '" + Mode.RESTORE.label() + "'";

	private static final String WATCHED = Stream.of(Trigger.values())
		.filter(Trigger::watched)
		.map((trigger) -> "'" + trigger.label() + "'")
		.collect(Collectors.joining(", "));

	private static final String FIRST_SEEN = "SELECT t.first_seen_at FROM retention_task t WHERE t.name = :task";

	private final RunRows runs;

	private final JdbcClient jdbc;

	/** Reads only, and brings the settings of its session along. */
	private final TransactionTemplate transaction;

	RunHistory(RunRows runs, JdbcClient jdbc, TransactionTemplate transaction) {
		this.runs = runs;
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/** One run, if there is such a one. */
	public Optional<Run> find(UUID id) {
		return read(() -> this.runs.find(id));
	}

	/**
	 * The newest runs whose ids lie between two, these included.
	 * @param limit the most runs
	 */
	public List<Run> find(UUID first, UUID last, int limit) {
		return read(() -> this.runs.newest(IDS, Map.of("first", first, "last", last), limit, 0));
	}

	/**
	 * A page of runs, newest first.
	 * @param task only this task's; all if null
	 * @param status only in this status; any if null
	 * @param mode only in this mode; any if null
	 * @param page the page, from 0
	 * @param size runs on a page
	 */
	public Page<Run> find(@Nullable String task, @Nullable RunStatus status, @Nullable Mode mode, int page, int size) {
		Map<String, String> parameters = new HashMap<>();
		StringBuilder condition = new StringBuilder("true");
		if (task != null) {
			condition.append(" AND ").append(TASK);
			parameters.put("task", task);
		}
		if (status != null) {
			condition.append(" AND ").append(STATUS);
			parameters.put("status", status.label());
		}
		if (mode != null) {
			condition.append(" AND ").append(MODE);
			parameters.put("mode", mode.label());
		}
		return read(() -> page(condition.toString(), parameters, PageRequest.of(page, size)));
	}

	private Page<Run> page(String condition, Map<String, String> parameters, PageRequest page) {
		List<Run> found = this.runs.newest(condition, parameters, page.getPageSize(), page.getOffset());
		return PageableExecutionUtils.getPage(found, page,
				() -> this.jdbc.sql("SELECT count(*) FROM retention_run r WHERE " + condition)
					.params(parameters)
					.query(Long.class)
					.single());
	}

	/** The task's run that is under way, dry or not. */
	public Optional<Run> running(String task) {
		return newest(task, RunStatus.RUNNING, TASK + " AND " + STATUS);
	}

	/** When the service first knew the task; empty before it did. */
	public Optional<Instant> firstSeen(String task) {
		return read(() -> this.jdbc.sql(FIRST_SEEN)
			.param("task", task)
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant));
	}

	/** The time by the database's clock. */
	public Instant now() {
		return read(this.runs::now);
	}

	/** The task's newest run that removed rows, has ended and was not a dry run. */
	public Optional<Run> last(String task) {
		return newest(task, RunStatus.RUNNING, TASK + " AND r.status <> :status AND " + REMOVING);
	}

	/**
	 * The same, without runs that ended as refused because a person's own number was too
	 * small: they say nothing about how the task fares.
	 */
	public Optional<Run> lastTelling(String task) {
		return newest(task, RunStatus.RUNNING,
				TASK + " AND r.status <> :status AND " + REMOVING + " AND NOT (r.status = '" + RunStatus.REFUSED.label()
						+ "' AND r.expected_rows IS NOT NULL AND r.trigger IN (" + WATCHED + "))");
	}

	/** The task's newest run that succeeded and was not a dry run. */
	public Optional<Run> lastSuccess(String task) {
		return newest(task, RunStatus.SUCCEEDED, TASK + " AND " + STATUS + " AND " + REMOVING);
	}

	private Optional<Run> newest(String task, RunStatus status, String condition) {
		return read(() -> this.runs.newest(condition, Map.of("task", task, "status", status.label())));
	}

	private <T> T read(Supplier<T> look) {
		return Objects.requireNonNull(this.transaction.execute((tx) -> look.get()));
	}

}
