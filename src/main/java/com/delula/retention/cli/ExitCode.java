package com.delula.retention.cli;

/** What the process tells whoever started it. */
final class ExitCode {

	/** Done. */
	static final int DONE = 0;

	/** Failed, or ended before all was done. */
	static final int FAILED = 1;

	/** Wrong usage; nothing was done. */
	static final int USAGE = 2;

	/** Another run of the task is under way; nothing was done. */
	static final int BUSY = 3;

	private ExitCode() {
	}

}
