package com.delula.retention.dashboard;

import java.time.Duration;
import java.time.Instant;

import com.delula.retention.rule.Quantity;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunAction;
import org.jspecify.annotations.Nullable;

/**
 * A run as a page shows it.
 *
 * @param run the run
 * @param now the time by the database's clock
 * @param title what its rule is called
 */
record RunView(Run run, Instant now, String title) {

	/** Whether its pace is this, so that a button for it changes nothing. */
	public boolean hasPace(double dutyCycle) {
		Double pace = this.run.dutyCycle();
		return pace != null && pace == dutyCycle;
	}

	/** How long it took, or has taken until now. */
	public Duration elapsed() {
		Instant finished = this.run.finishedAt();
		Duration elapsed = Duration.between(this.run.startedAt(), (finished != null) ? finished : this.now);
		return elapsed.isNegative() ? Duration.ZERO : elapsed;
	}

	/** Whether somebody has asked it to end and it has not ended yet. */
	public boolean cancelling() {
		return !this.run.ended()
				&& this.run.actions().stream().anyMatch((action) -> action.action().equals(RunAction.CANCELLED));
	}

	/** Where it stands, in a word. */
	public String state() {
		if (cancelling()) {
			return "Cancelling…";
		}
		return paused() ? "Paused" : PageFormatter.spaced(this.run.status().label());
	}

	/** The sign that stands before that word. */
	public String sign() {
		return (paused() && !cancelling()) ? "paused" : tone();
	}

	private boolean paused() {
		return this.run.paused() && !this.run.ended();
	}

	/** Whether what it removed can be put back now. */
	public boolean undoable() {
		Instant until = this.run.undoUntil();
		return this.run.ended() && !this.run.dryRun() && !this.run.restores()
				&& this.run.rowsRemoved() > this.run.rowsPutBack() && until != null && until.isAfter(this.now);
	}

	/** The progress in percent; null while it is unknown. */
	public @Nullable Integer percent() {
		Double progress = this.run.progress();
		return (progress != null) ? (int) (progress * 100) : null;
	}

	/** Rows a second at its pace; null while there is nothing to go by or it waits. */
	public @Nullable Long rate() {
		return this.run.rowsPerSecond();
	}

	/** How long it will still take; null where that is unknown. */
	public @Nullable Duration left() {
		return this.run.timeLeft();
	}

	/** The colour that it has. */
	public String tone() {
		return switch (this.run.status()) {
			case RUNNING -> "busy";
			case SUCCEEDED -> "good";
			case FAILED -> "bad";
			case CANCELLED, INTERRUPTED, TIMED_OUT -> "fair";
			case REFUSED -> this.run.refusedByItsCaller() ? "idle" : "fair";
		};
	}

	/**
	 * What a screen reader is told when it changes: not every second, but every tenth.
	 */
	public String announcement() {
		String name = this.title + ": ";
		Integer percent = percent();
		if (this.run.ended()) {
			Long due = this.run.rowsDue();
			String rows = this.run.dryRun() ? ((due != null) ? Quantity.rows(due) : "rows") + " would be"
					: Quantity.rows(this.run.rowsDone());
			return name + this.run.status().label().replace('_', ' ') + ", " + rows
					+ (this.run.restores() ? " restored" : " removed");
		}
		if (this.run.waitingFor() != null) {
			return name + "waiting for " + this.run.waitingFor();
		}
		return name + ((percent != null) ? percent / 10 * 10 + " percent done" : "counting");
	}

}
