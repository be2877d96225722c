package com.delula.retention.cli;

import java.time.Duration;
import java.util.Locale;

import com.delula.retention.run.Run;
import org.jspecify.annotations.Nullable;

/** Puts the progress of a run into words. */
final class ProgressText {

	private ProgressText() {
	}

	/** Such as {@code 42 %  1,234 of 2,900 rows  310 rows/s  about 6 s left}. */
	static String of(Run run) {
		Double share = run.progress();
		Long due = run.rowsDue();
		if (share == null || due == null) {
			return (run.waitingFor() != null) ? "waiting for " + run.waitingFor() : "counting the rows due";
		}
		String done = String.format(Locale.ROOT, "%.0f %%  %,d of %,d rows", Math.floor(share * 100), run.rowsDone(),
				due);
		if (run.waitingFor() != null) {
			return done + "  waiting for " + run.waitingFor();
		}
		Long rate = run.rowsPerSecond();
		return done + ((rate != null) ? String.format(Locale.ROOT, "  %,d rows/s", rate) : "") + left(run.timeLeft());
	}

	private static String left(@Nullable Duration left) {
		if (left == null) {
			return "";
		}
		if (left.toMinutes() == 0) {
			return "  about " + left.toSeconds() + " s left";
		}
		return (left.toHours() == 0) ? "  about " + two(left.toMinutes(), "min", left.toSecondsPart(), "s")
				: "  about " + two(left.toHours(), "h", left.toMinutesPart(), "min");
	}

	private static String two(long large, String unit, long small, String smaller) {
		return large + " " + unit + ((small > 0) ? " " + small + " " + smaller : "") + " left";
	}

}
