package com.delula.retention.run.history;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers which tasks wait for somebody's approval: a run that nobody watched was
 * refused, and none of the whole rule has succeeded since that was held to a number of
 * rows.
 */
public class Approvals {

	private static final String REFUSED = "SELECT refused_run FROM retention_task WHERE name = :task AND refused_run IS NOT NULL";

	private static final String REQUIRE = """
			INSERT INTO retention_task (name, refused_run)
			VALUES (:task, :run)
			ON CONFLICT (name) DO UPDATE SET refused_run = coalesce(retention_task.refused_run, excluded.refused_run)
			""";

	private static final String APPROVE = "UPDATE retention_task SET refused_run = NULL WHERE name = :task";

	/** What removes rows; nothing is approved by putting some back. */
	private static final Set<Mode> REMOVING = EnumSet.of(Mode.REGULAR, Mode.EMERGENCY);

	private final JdbcClient jdbc;

	Approvals(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The refused run that a task waits to be approved for; empty for none. */
	public Optional<UUID> refusedRun(String task) {
		return this.jdbc.sql(REFUSED).param("task", task).query(UUID.class).optional();
	}

	/** Whether a run approves what its task waits for, if it succeeds. */
	boolean approves(RunRequest request) {
		return !request.dryRun() && REMOVING.contains(request.mode())
				&& approves(request.expectedRows(), request.options());
	}

	/**
	 * A run with options of its own looks at fewer rows than the one that was refused.
	 */
	private static boolean approves(@Nullable Long expectedRows, Map<String, String> options) {
		return expectedRows != null && options.isEmpty();
	}

	/** Notes what a run that was just closed means, in the transaction that closes it. */
	void closed(Run run) {
		if (run.dryRun() || !REMOVING.contains(run.mode())) {
			return;
		}
		if (run.status() == RunStatus.REFUSED && !run.trigger().watched()) {
			this.jdbc.sql(REQUIRE).param("task", run.task()).param("run", run.id()).update();
		}
		if (run.status() == RunStatus.SUCCEEDED && approves(run.expectedRows(), run.options())) {
			this.jdbc.sql(APPROVE).param("task", run.task()).update();
		}
	}

}
