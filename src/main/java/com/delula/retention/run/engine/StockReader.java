package com.delula.retention.run.engine;

import java.util.List;

import com.delula.retention.rule.Policy;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Stock;
import com.delula.retention.run.StockChange;
import com.delula.retention.run.history.RunLog;

/** Counts what a run would find due, for others than runs. */
public class StockReader {

	private final List<RetentionTask> tasks;

	private final RunLog runLog;

	StockReader(List<RetentionTask> tasks, RunLog runLog) {
		this.tasks = tasks;
		this.runLog = runLog;
	}

	/**
	 * Counts what is due at this moment, in the transaction of the caller, who sees to
	 * its snapshot and its timeout.
	 * @return the stock of each step, in order
	 */
	public List<Stock> takeStock(RunRequest request) {
		return steps(request).stream().map(RetentionStep::takeStock).toList();
	}

	/** The same, and counts every candidate, due or not, which takes longer. */
	public List<Stock> survey(RunRequest request) {
		return steps(request).stream().map(RetentionStep::survey).toList();
	}

	/**
	 * Counts what other policies than those in force would change, in the transaction of
	 * the caller.
	 */
	public StockChange compare(RunRequest request, List<Policy> others) {
		RetentionTask task = task(request);
		RunScope scope = this.runLog.scope(request, task);
		return task.compare(scope, scope.withPolicies(others));
	}

	private List<RetentionStep> steps(RunRequest request) {
		RetentionTask task = task(request);
		return task.steps(this.runLog.scope(request, task));
	}

	private RetentionTask task(RunRequest request) {
		return this.tasks.stream()
			.filter((candidate) -> candidate.name().equals(request.task()))
			.findFirst()
			.orElseThrow();
	}

}
