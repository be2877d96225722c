package com.delula.retention.monitor;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.TaskSchedule;
import org.jspecify.annotations.Nullable;

/**
 * The health of a task.
 *
 * @param task the task's name
 * @param running its current run, dry runs included; null if there is none
 * @param last its newest run that has ended and was not a dry run; null before the first
 * @param lastTelling the same, without runs that a person's own number refused; the task
 * is judged by it
 * @param lastSuccess its newest run that succeeded and was not a dry run; null before it
 * @param schedule when it runs by itself; null if its schedule is off
 * @param overdue whether it has not succeeded for two of its intervals
 * @param refusedRun the refused run that somebody has to approve; null if there is none
 */
public record TaskHealth(String task, @Nullable Run running, @Nullable Run last, @Nullable Run lastTelling,
		@Nullable Run lastSuccess, @Nullable TaskSchedule schedule, boolean overdue, @Nullable UUID refusedRun) {

	/** Whether the last run that tells how the task fares failed. */
	public boolean failed() {
		return this.lastTelling != null && this.lastTelling.status() == RunStatus.FAILED;
	}

	/** Whether it removes nothing by itself until somebody approves. */
	public boolean needsApproval() {
		return this.refusedRun != null;
	}

	/** Whether the task needs attention. */
	public boolean down() {
		return this.overdue || failed() || needsApproval();
	}

	/** Its next firing on this instance; null if its schedule is off. */
	public @Nullable Instant nextRun() {
		return Optional.ofNullable(this.schedule).map(TaskSchedule::next).orElse(null);
	}

}
