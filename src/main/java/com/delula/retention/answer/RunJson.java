package com.delula.retention.answer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.delula.retention.run.LeftOut;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunAction;
import org.jspecify.annotations.Nullable;

/** A run as the API shows it. */
public record RunJson(UUID id, String task, String mode, String trigger, String actor, String status, boolean dryRun,
		Map<String, String> options, Instant cutoff, Instant startedAt, @Nullable Instant finishedAt,
		@Nullable Long rowsDue, long rowsRemoved, long rowsKeptReferenced, long rowsLeftLocked,
		@Nullable Double progress, @Nullable Long secondsLeft, Map<String, Long> removedByTable, @Nullable String error,
		@Nullable String note, boolean paused, @Nullable Double dutyCycle, @Nullable String waitingFor,
		@Nullable Long expectedRows, List<RunAction> actions, long rowsRestored, @Nullable String restoreOf,
		@Nullable Instant undoUntil, List<LeftOut> leftOut) implements RunReply {

	/** The run in the contract's words. */
	public static RunJson of(Run run) {
		return new RunJson(run.id(), run.task(), run.mode().label(), run.trigger().label(), run.actor(),
				run.status().label(), run.dryRun(), run.options(), run.cutoff(), run.startedAt(), run.finishedAt(),
				run.rowsDue(), run.rowsRemoved(), run.rowsKeptReferenced(), run.rowsLeftLocked(), run.progress(),
				secondsLeft(run), run.removedByTable(), run.error(), run.note(), run.paused(), run.dutyCycle(),
				run.waitingFor(), run.expectedRows(), run.actions(), run.rowsRestored(),
				run.options().get(Run.RESTORE_OF), run.undoUntil(), run.leftOut());
	}

	private static @Nullable Long secondsLeft(Run run) {
		Duration left = run.timeLeft();
		return (left != null) ? left.toSeconds() : null;
	}

}
