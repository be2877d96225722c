package com.delula.retention.cli;

import java.time.Duration;
import java.util.Locale;

import com.delula.retention.rule.Quantity;
import com.delula.retention.run.Run;
import org.jspecify.annotations.Nullable;

/** Puts the progress of a run into words. */
final class ProgressText {

	private ProgressText() {
	}

	/** Such as {@code 42 %  1,234 of 2,900 rows  310 rows/s  about 6 s left}. */
	static String line(Run run) {
		Double share = run.progress();
		Long due = run.rowsDue();
		if (share == null || due == null || run.dryRun()) {
			return (run.waitingFor() != null) ? "waiting for " + run.waitingFor() : "counting the rows due";
		}
		String done = percent(share) + "  " + rows(run.rowsDone(), due);
		if (run.waitingFor() != null) {
			return done + "  waiting for " + run.waitingFor();
		}
		Long rate = run.rowsPerSecond();
		String left = (run.rowsDone() < due) ? left(run.timeLeft()) : "";
		return done + ((rate != null) ? "  " + Quantity.of(rate) + " rows/s" : "")
				+ (left.isEmpty() ? "" : "  " + left);
	}

	/** Such as {@code 34 %, about 40 s left}, or {@code 34 %, paused}. */
	static String brief(Run run) {
		Double share = run.progress();
		String percent = (share != null && run.rowsDue() != null) ? percent(share) : "";
		String how = run.paused() ? "paused" : (run.waitingFor() != null) ? "waiting" : left(run.timeLeft());
		if (percent.isEmpty()) {
			return how.isEmpty() ? "counting the rows due" : how;
		}
		return how.isEmpty() ? percent : percent + ", " + how;
	}

	/**
	 * The same with what it waits for and its rows, such as {@code 34 %, about 40 s left
	 * (774 of 2,257 rows)}.
	 */
	static String of(Run run) {
		Long due = run.rowsDue();
		boolean waits = !run.paused() && run.waitingFor() != null;
		return brief(run) + (waits ? " for " + run.waitingFor() : "")
				+ ((due != null) ? " (" + rows(run.rowsDone(), due) + ")" : "");
	}

	private static String percent(double share) {
		return String.format(Locale.ROOT, "%.0f %%", Math.floor(share * 100));
	}

	private static String rows(long done, long due) {
		return Quantity.of(done) + " of " + Quantity.rows(due);
	}

	private static String left(@Nullable Duration left) {
		if (left == null) {
			return "";
		}
		if (left.toMinutes() == 0) {
			return "about " + left.toSeconds() + " s left";
		}
		return (left.toHours() == 0) ? "about " + two(left.toMinutes(), "min", left.toSecondsPart(), "s")
				: "about " + two(left.toHours(), "h", left.toMinutesPart(), "min");
	}

	private static String two(long large, String unit, long small, String smaller) {
		return large + " " + unit + ((small > 0) ? " " + small + " " + smaller : "") + " left";
	}

}
