package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * How fast a run is, from its row in the history alone, so that every door shows the same
 * figure. It is the mean over the whole run, and the time left is rounded the more the
 * longer it is, so that it does not jump from look to look.
 *
 * @param run the run
 * @param worked how long it has been at work, pauses not counted
 */
record RunPace(Run run, Duration worked) {

	/** Before this a run has shown too little to go by. */
	private static final Duration EVIDENCE = Duration.ofSeconds(2);

	static RunPace of(Run run) {
		Instant finished = run.finishedAt();
		Instant end = (finished != null) ? finished : run.asOf();
		return new RunPace(run, Duration.between(run.startedAt(), end).minus(paused(run, end)));
	}

	private static Duration paused(Run run, Instant end) {
		Duration paused = Duration.ZERO;
		Instant since = null;
		for (RunAction action : run.actions()) {
			if (action.action().equals(RunAction.PAUSED) && since == null) {
				since = action.at();
			}
			else if (action.action().equals(RunAction.RESUMED) && since != null) {
				paused = paused.plus(Duration.between(since, action.at()));
				since = null;
			}
		}
		return (since != null && since.isBefore(end)) ? paused.plus(Duration.between(since, end)) : paused;
	}

	@Nullable Long rowsPerSecond() {
		long millis = this.worked.toMillis();
		return (this.run.rowsDone() > 0 && millis > 0) ? Math.max(1, this.run.rowsDone() * 1000 / millis) : null;
	}

	@Nullable Duration timeLeft() {
		Long due = this.run.rowsDue();
		if (due == null || this.run.ended() || this.run.paused() || this.run.waitingFor() != null
				|| this.run.rowsDone() == 0 || this.worked.compareTo(EVIDENCE) < 0) {
			return null;
		}
		double share = (double) Math.max(0, due - this.run.rowsDone()) / this.run.rowsDone();
		return rounded(Math.round(share * this.worked.toMillis() / 1000));
	}

	/** To 5 s below a minute, 10 s below ten, a minute below an hour, else 5 minutes. */
	private static Duration rounded(long seconds) {
		long step = (seconds < 60) ? 5 : (seconds < 600) ? 10 : (seconds < 3600) ? 60 : 300;
		return Duration.ofSeconds(Math.max(step, (seconds + step / 2) / step * step));
	}

}
