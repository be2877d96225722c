package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import com.delula.retention.database.ReadOnlySnapshot;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RowVerdict;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.TaskRows;
import com.delula.retention.run.history.RunLog;

/** Tells what a run that started now would do with rows. */
public class RowReader {

	/** A look takes milliseconds where its indexes are there. */
	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final List<RetentionTask> tasks;

	private final RunLog runLog;

	private final ReadOnlySnapshot snapshot;

	RowReader(List<RetentionTask> tasks, RunLog runLog, ReadOnlySnapshot snapshot) {
		this.tasks = tasks;
		this.runLog = runLog;
		this.snapshot = snapshot;
	}

	/**
	 * Looks at a row in one snapshot.
	 * @param table a table of the rule
	 * @param key the row's key; of several columns in order, with commas
	 * @throws com.delula.retention.run.InvalidKeyException if that is no key of the table
	 */
	public RowVerdict explain(RunRequest request, String table, String key) {
		RetentionTask task = task(request);
		return this.snapshot.look(TIMEOUT, () -> task.explain(this.runLog.scope(request, task), table, key));
	}

	/**
	 * Looks at rows in one snapshot.
	 * @param timeout how long each statement may take
	 */
	public <T> T look(RunRequest request, Duration timeout, Function<TaskRows, T> look) {
		return this.snapshot.look(timeout, () -> look.apply(rows(request)));
	}

	/**
	 * The rows as a run that started now would find them, read in the transaction of the
	 * caller.
	 */
	public TaskRows rows(RunRequest request) {
		RetentionTask task = task(request);
		return task.rows(this.runLog.scope(request, task));
	}

	private RetentionTask task(RunRequest request) {
		return this.tasks.stream()
			.filter((candidate) -> candidate.name().equals(request.task()))
			.findFirst()
			.orElseThrow();
	}

}
