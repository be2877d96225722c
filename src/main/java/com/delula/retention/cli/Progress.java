package com.delula.retention.cli;

import java.time.Duration;

import com.delula.retention.run.Run;

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

	private long lastLine = System.nanoTime();

	Progress(Terminal terminal) {
		this.terminal = terminal;
	}

	void show(Run run) {
		if (this.terminal.kind().draws()) {
			draw(bar(run) + ProgressText.line(run));
			return;
		}
		if (System.nanoTime() - this.lastLine >= LINE_PERIOD.toNanos()) {
			this.lastLine = System.nanoTime();
			this.terminal.err().println(ProgressText.line(run));
		}
	}

	void unknown() {
		if (this.terminal.kind().draws()) {
			draw("The database does not answer. Retrying…");
		}
	}

	/** Leaves a clean line for the result. */
	void end() {
		this.terminal.clearLine();
	}

	private void draw(String text) {
		this.terminal.err().print("\r" + text + "\u001B[K");
		this.terminal.err().flush();
	}

	private static String bar(Run run) {
		Double share = run.progress();
		if (share == null || run.dryRun()) {
			return "";
		}
		int full = (int) Math.round(share * WIDTH);
		return "[" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] ";
	}

}
