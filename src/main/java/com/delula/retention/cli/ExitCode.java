package com.delula.retention.cli;

import com.delula.retention.run.RunStatus;

/** Exit codes of the process. */
final class ExitCode {

	/** Done. */
	static final int DONE = 0;

	/** Failed, or ended before all was done. */
	static final int FAILED = 1;

	/** Wrong usage; nothing was done. */
	static final int USAGE = 2;

	/** Another run of the rule is under way; nothing was done. */
	static final int BUSY = 3;

	/** Refused: more rows are due than the run may remove; nothing was done. */
	static final int REFUSED = 4;

	/** Stopped by a signal; a run ends after its batch. */
	static final int INTERRUPTED = 130;

	private ExitCode() {
	}

	/** The code for the status that a run ended with. */
	static int of(RunStatus status) {
		return switch (status) {
			case SUCCEEDED -> DONE;
			case INTERRUPTED -> INTERRUPTED;
			case REFUSED -> REFUSED;
			case RUNNING, FAILED, CANCELLED, TIMED_OUT -> FAILED;
		};
	}

}
