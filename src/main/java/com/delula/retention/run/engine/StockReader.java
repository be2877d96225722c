package com.delula.retention.run.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.delula.retention.rule.Policy;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Stock;
import com.delula.retention.run.StockChange;
import com.delula.retention.run.Survey;
import com.delula.retention.run.history.RunLog;
import org.jspecify.annotations.Nullable;

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

	/**
	 * The same, counts every candidate, due or not, which takes longer, and looks ahead.
	 * @param next when a later run starts; null to look no further than now
	 * @param lookBack how far back candidates count as arrived
	 */
	public List<Survey> survey(RunRequest request, @Nullable Instant next, Duration lookBack) {
		RetentionTask task = task(request);
		RunScope scope = this.runLog.scope(request, task);
		Instant start = scope.startedAt();
		RunScope later = (next != null && next.isAfter(start)) ? scope.at(next) : scope;
		return task.steps(scope).stream().map((step) -> step.survey(later, start.minus(lookBack))).toList();
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
