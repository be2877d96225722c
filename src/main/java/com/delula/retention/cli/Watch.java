package com.delula.retention.cli;

import java.time.Duration;

import picocli.CommandLine.Option;

import org.springframework.dao.DataAccessException;

/** Shows something again and again until Ctrl-C, for commands that only look. */
final class Watch {

	private static final Duration PERIOD = Duration.ofSeconds(2);

	@Option(names = "--watch", description = "Show it again every 2 s until Ctrl-C.")
	private boolean watch;

	/**
	 * Shows it once, or until the session is interrupted. The first look fails like that
	 * of any other command; later ones are tried again.
	 */
	int show(Session session, Runnable look) {
		if (!this.watch) {
			look.run();
			return ExitCode.DONE;
		}
		if (session.terminal().kind().draws()) {
			session.terminal().nextScreen();
		}
		look.run();
		while (session.interruption().pause(PERIOD)) {
			session.terminal().nextScreen();
			again(session, look);
		}
		return ExitCode.INTERRUPTED;
	}

	private static void again(Session session, Runnable look) {
		try {
			look.run();
		}
		catch (DataAccessException ex) {
			session.terminal().err().println("The database does not answer. Retrying…");
		}
	}

}
