package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A run as the history knows it.
 *
 * @param id its id
 * @param task the task's name
 * @param mode how far it goes
 * @param trigger the door through which it came
 * @param actor who asked
 * @param status where it stands
 * @param dryRun whether it only counts
 * @param options the task's own options
 * @param cutoff rows strictly older are due
 * @param startedAt when it started, by the database's clock
 * @param finishedAt when it ended; null while it runs
 * @param rowsDue rows found due at its start; null until they are counted
 * @param rowsRemoved rows removed so far, exactly those that are gone; below zero for
 * rows put back, so that the sum over all runs is what is gone
 * @param rowsKeptReferenced rows that were due and stay because other rows refer to them
 * @param rowsLeftLocked rows that were due and stay because others held them for too long
 * @param removedByTable rows removed by table
 * @param error why it did not end well; null if it did
 * @param note what a person should know of it besides, such as why rows stayed; null if
 * nothing
 * @param paused whether somebody has paused it
 * @param dutyCycle the share of the time that it spends removing, 0.01 to 1; null where
 * that is not known
 * @param waitingFor what it waits for, in words that follow "waits for"; null if it does
 * not wait
 * @param expectedRows rows that the caller expected to lose at most; null if no number
 * was given
 * @param actions what people did to it, in order
 * @param undoUntil until when it can be undone; null where its rows were not kept
 * @param leftOut rows that a restore did not put back, at most {@link LeftOut#LISTED}
 * @param waitedBefore how long it has waited, without the wait that it is in
 * @param waitingSince when that began; null if it is in none
 * @param asOf when this was read, by the database's clock
 */
public record Run(UUID id, String task, Mode mode, Trigger trigger, String actor, RunStatus status, boolean dryRun,
		Map<String, String> options, Instant cutoff, Instant startedAt, @Nullable Instant finishedAt,
		@Nullable Long rowsDue, long rowsRemoved, long rowsKeptReferenced, long rowsLeftLocked,
		Map<String, Long> removedByTable, @Nullable String error, @Nullable String note, boolean paused,
		@Nullable Double dutyCycle, @Nullable String waitingFor, @Nullable Long expectedRows, List<RunAction> actions,
		@Nullable Instant undoUntil, List<LeftOut> leftOut, Duration waitedBefore, @Nullable Instant waitingSince,
		Instant asOf) {

	/** The option of a restore that names the run whose rows it puts back. */
	public static final String RESTORE_OF = "restoreOf";

	public Run {
		actions = List.copyOf(actions);
		leftOut = List.copyOf(leftOut);
	}

	/** Whether it puts rows back. */
	public boolean restores() {
		return this.mode == Mode.RESTORE;
	}

	/** Rows put back: those that {@code rowsRemoved} counts below zero. */
	public long rowsRestored() {
		return Math.max(0, -this.rowsRemoved);
	}

	/** Rows that it removed and that were put back since. */
	public long rowsPutBack() {
		return this.actions.stream()
			.filter((action) -> action.action().equals(RunAction.RESTORED))
			.mapToLong((action) -> Long.parseLong(action.details().getOrDefault("rows", "0")))
			.sum();
	}

	/** Rows removed or put back. */
	public long rowsDone() {
		return Math.abs(this.rowsRemoved);
	}

	/** The share of the work that is done, 0 to 1; null while it is unknown. */
	public @Nullable Double progress() {
		if (this.status == RunStatus.SUCCEEDED) {
			return 1.0;
		}
		if (this.rowsDue == null) {
			return null;
		}
		if (this.rowsDue == 0) {
			return (this.status == RunStatus.RUNNING) ? 0.0 : 1.0;
		}
		return Math.min(1.0, (double) rowsDone() / this.rowsDue);
	}

	/** How long it has waited until it ended, or until now. */
	public Duration waited() {
		Instant since = this.waitingSince;
		Instant end = (this.finishedAt != null) ? this.finishedAt : this.asOf;
		return (since != null && since.isBefore(end)) ? this.waitedBefore.plus(Duration.between(since, end))
				: this.waitedBefore;
	}

	/**
	 * Rows a second at the pace that it has now, which is what {@link #timeLeft()} goes
	 * by; null while there is nothing to go by, and while the run waits.
	 */
	public @Nullable Long rowsPerSecond() {
		return RunPace.of(this).rowsPerSecond();
	}

	/**
	 * About how long it still takes, the same at every door; null while that is unknown,
	 * while the run waits and when it has ended.
	 */
	public @Nullable Duration timeLeft() {
		return RunPace.of(this).timeLeft();
	}

	/** Rows removed from one table. */
	public long removedFrom(String table) {
		return this.removedByTable.getOrDefault(table, 0L);
	}

	/** Whether it did all it was to do, for a sentence: "complete" or "ended early". */
	public String ending() {
		return (this.status == RunStatus.SUCCEEDED) ? "complete" : "ended early";
	}

	/** What it is, for a sentence: "run", "emergency dry run". */
	public String kind() {
		return switch (this.mode) {
			case REGULAR -> this.dryRun ? "dry run" : "run";
			case EMERGENCY, RESTORE -> this.mode.label() + (this.dryRun ? " dry run" : "");
		};
	}

	/**
	 * Until when the rows that it removed can be put back; null where none were kept, or
	 * all are back.
	 */
	public @Nullable Instant restorableUntil() {
		return (!restores() && (!ended() || this.rowsRemoved > rowsPutBack())) ? this.undoUntil : null;
	}

	/** What people did to it after it was started, in order. */
	public List<RunAction> laterActions() {
		return this.actions.stream().filter((action) -> !action.action().equals(RunAction.STARTED)).toList();
	}

	/** Who paused it and when; null unless it is paused. */
	public @Nullable RunAction pausedBy() {
		return (this.paused && !ended()) ? this.actions.stream()
			.filter((action) -> action.action().equals(RunAction.PAUSED))
			.reduce((earlier, later) -> later)
			.orElse(null) : null;
	}

	/**
	 * Whether it was refused because the number that a person gave was too small, which
	 * says nothing about how its task fares.
	 */
	public boolean refusedByItsCaller() {
		return this.status == RunStatus.REFUSED && this.expectedRows != null && this.trigger.watched();
	}

	/** Whether it has ended. */
	public boolean ended() {
		return this.status != RunStatus.RUNNING;
	}

}
