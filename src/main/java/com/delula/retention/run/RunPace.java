package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How fast a run is, from its row in the history alone, so that every door shows the same
 * figure. It is the mean over the time at work since the pace was changed last, and the
 * time left is rounded the more the longer it is, so that it does not jump from look to
 * look.
 *
 * @param run the run
 * @param worked how long it has been at work, waits not counted
 */
record RunPace(Run run, Duration worked) {

	/** Before this a run has shown too little to go by. */
	private static final Duration EVIDENCE = Duration.ofSeconds(2);

	/**
	 * For how many seconds at a new pace what was to be expected of it counts as much as
	 * what is seen: a few batches may be odd.
	 */
	private static final double EXPECTED_SECONDS = 3;

	static RunPace of(Run run) {
		Instant finished = run.finishedAt();
		Instant end = (finished != null) ? finished : run.asOf();
		return new RunPace(run, Duration.between(run.startedAt(), end).minus(run.waited()));
	}

	@Nullable Long rowsPerSecond() {
		if (waits() || this.run.rowsDone() == 0 || this.worked.toMillis() <= 0) {
			return null;
		}
		return Math.max(1, Math.round(perSecond()));
	}

	@Nullable Duration timeLeft() {
		Long due = this.run.rowsDue();
		if (due == null || this.run.ended() || waits() || this.run.rowsDone() == 0
				|| this.worked.compareTo(EVIDENCE) < 0) {
			return null;
		}
		double perSecond = perSecond();
		return (perSecond > 0) ? rounded(Math.round(Math.max(0, due - this.run.rowsDone()) / perSecond)) : null;
	}

	private boolean waits() {
		return !this.run.ended() && (this.run.paused() || this.run.waitingFor() != null);
	}

	/** Rows a second at the pace that it has now. */
	private double perSecond() {
		Stretch before = Stretch.NONE;
		for (RunAction action : this.run.actions()) {
			if (action.action().equals(RunAction.PACED)) {
				before = before.paced(action);
			}
		}
		return before.pace(this.run.rowsDone(), this.worked.toMillis() / 1000.0);
	}

	/** To 5 s below a minute, 10 s below ten, a minute below an hour, else 5 minutes. */
	private static Duration rounded(long seconds) {
		long step = (seconds < 60) ? 5 : (seconds < 600) ? 10 : (seconds < 3600) ? 60 : 300;
		return Duration.ofSeconds(Math.max(step, (seconds + step / 2) / step * step));
	}

	/**
	 * Where a stretch at one pace begins.
	 *
	 * @param rows the rows done until then
	 * @param seconds the time at work until then
	 * @param expected the rows a second to expect of it; 0 if nothing is known
	 */
	private record Stretch(double rows, double seconds, double expected) {

		static final Stretch NONE = new Stretch(0, 0, 0);

		/** The one that begins when the pace is changed. */
		Stretch paced(RunAction action) {
			double done = number(action, RunAction.ROWS_DONE);
			double at = number(action, RunAction.SECONDS_WORKED);
			double before = number(action, RunAction.DUTY_CYCLE_BEFORE);
			double faster = (before > 0) ? number(action, RunAction.DUTY_CYCLE) / before : 1;
			return (at > 0) ? new Stretch(done, at, pace(done, at) * faster) : this;
		}

		/** Rows a second from its beginning until so many rows and seconds. */
		double pace(double done, double at) {
			double since = Math.max(0, at - this.seconds);
			double seen = Math.max(0, done - this.rows);
			return (this.expected > 0) ? (seen + this.expected * EXPECTED_SECONDS) / (since + EXPECTED_SECONDS)
					: (since > 0) ? seen / since : 0;
		}

		private static double number(RunAction action, String detail) {
			return Double.parseDouble(action.details().getOrDefault(detail, "0"));
		}

	}

}
