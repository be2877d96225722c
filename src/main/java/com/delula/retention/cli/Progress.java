package com.delula.retention.cli;

import java.time.Duration;
import java.util.Locale;

import com.delula.retention.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error how a run goes on: a bar on a terminal, else a line every ten
 * seconds.
 */
final class Progress {

	/** How often a run is looked at. */
	static final Duration PERIOD = Duration.ofMillis(250);

	private static final Duration LINE_PERIOD = Duration.ofSeconds(10);

	private static final int WIDTH = 30;

	private final Terminal terminal;

	private final long begun = System.nanoTime();

	private long lastLine = this.begun;

	private boolean drawn;

	Progress(Terminal terminal) {
		this.terminal = terminal;
	}

	void show(Run run) {
		if (this.terminal.interactive()) {
			draw(text(run, elapsed(this.begun)));
			return;
		}
		if (elapsed(this.lastLine).compareTo(LINE_PERIOD) >= 0) {
			this.lastLine = System.nanoTime();
			this.terminal.err().println(line(run, elapsed(this.begun)));
		}
	}

	void unknown() {
		if (this.terminal.interactive()) {
			draw("The database does not answer; the run tries again by itself");
		}
	}

	/** Leaves a clean line for the result. */
	void end() {
		if (this.drawn) {
			draw("");
			this.terminal.err().print('\r');
			this.terminal.err().flush();
		}
	}

	private void draw(String text) {
		this.drawn = true;
		this.terminal.err().print("\r" + text + "\u001B[K");
		this.terminal.err().flush();
	}

	private static Duration elapsed(long since) {
		return Duration.ofNanos(System.nanoTime() - since);
	}

	static String text(Run run, Duration elapsed) {
		Double share = run.progress();
		if (share == null) {
			return line(run, elapsed) + " …";
		}
		int full = (int) Math.round(share * WIDTH);
		return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + line(run, elapsed);
	}

	static String line(Run run, Duration elapsed) {
		Double share = run.progress();
		Long due = run.rowsDue();
		if (share == null || due == null) {
			return (run.waitingFor() != null) ? "Waits for " + run.waitingFor() : "Counting what is due";
		}
		if (run.waitingFor() != null) {
			return String.format(Locale.ROOT, "%3.0f %%  %,d of %,d rows  waits for %s", share * 100, run.rowsDone(),
					due, run.waitingFor());
		}
		double rate = run.rowsDone() / Math.max(0.001, elapsed.toMillis() / 1000.0);
		return String.format(Locale.ROOT, "%3.0f %%  %,d of %,d rows  %,.0f rows/s  %s", share * 100, run.rowsDone(),
				due, rate, left(due - run.rowsDone(), rate));
	}

	private static String left(long rows, double rate) {
		Duration left = remaining(rows, rate);
		if (left == null) {
			return "time left unknown";
		}
		return (left.toHours() > 0)
				? String.format(Locale.ROOT, "%d:%02d:%02d left", left.toHours(), left.toMinutesPart(),
						left.toSecondsPart())
				: String.format(Locale.ROOT, "%d:%02d left", left.toMinutes(), left.toSecondsPart());
	}

	private static @Nullable Duration remaining(long rows, double rate) {
		return (rate > 0) ? Duration.ofSeconds(Math.round(Math.max(0, rows) / rate)) : null;
	}

}
