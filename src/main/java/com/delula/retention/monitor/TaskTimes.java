package com.delula.retention.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.delula.retention.run.Run;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.run.history.RunHistory;
import org.jspecify.annotations.Nullable;

/**
 * When a task's current run started and when it last succeeded, as of the last query.
 * Ages are as of now, so that they keep growing while the database is away.
 */
final class TaskTimes {

	private final String task;

	private final RunHistory history;

	private final Approvals approvals;

	private final @Nullable TaskSchedule schedule;

	private final Clock clock;

	private volatile @Nullable Instant lastSuccess;

	private volatile @Nullable Instant waitingSince;

	private volatile @Nullable Instant runningSince;

	private volatile boolean waiting;

	TaskTimes(String task, RunHistory history, Approvals approvals, @Nullable TaskSchedule schedule, Clock clock) {
		this.task = task;
		this.history = history;
		this.approvals = approvals;
		this.schedule = schedule;
		this.clock = clock;
	}

	void look() {
		this.waiting = this.approvals.refusedRun(this.task).isPresent();
		this.runningSince = this.history.running(this.task).map(Run::startedAt).orElse(null);
		this.lastSuccess = this.history.lastSuccess(this.task).map(Run::finishedAt).orElse(null);
		this.waitingSince = (this.lastSuccess != null) ? this.lastSuccess
				: this.history.firstSeen(this.task).orElse(null);
	}

	/** The newest run that has ended; null before the first. */
	@Nullable UUID lastRun() {
		return this.history.last(this.task).map(Run::id).orElse(null);
	}

	double lastSuccessSeconds() {
		Instant time = this.lastSuccess;
		return (time != null) ? time.toEpochMilli() / 1000.0 : 0;
	}

	/** How long the current run has taken; 0 if there is none. */
	double runningSeconds() {
		return seconds(this.runningSince);
	}

	/** 1 if it removes nothing by itself until somebody approves. */
	double needsApproval() {
		return this.waiting ? 1 : 0;
	}

	/** As in health: 1 if it has not succeeded for two intervals of its schedule. */
	double overdue() {
		if (this.schedule == null || this.waitingSince == null) {
			return 0;
		}
		return (seconds(this.waitingSince) > 2 * this.schedule.interval().toSeconds()) ? 1 : 0;
	}

	private double seconds(@Nullable Instant since) {
		return (since != null) ? Math.max(0, Duration.between(since, this.clock.instant()).toMillis() / 1000.0) : 0;
	}

}
