package com.delula.retention.cli;

/**
 * A sub-command. Every top-level class of this package that implements it, carries
 * picocli's {@code @Command} and has a constructor without arguments is one. Its options
 * are read before anything is started; what it needs of the service it asks the session
 * for, which starts it then.
 */
interface CliCommand {

	/**
	 * Does the work.
	 * @return one of {@link ExitCode}
	 * @throws picocli.CommandLine.ParameterException if an option's value turns out to be
	 * wrong; nothing may have been changed by then
	 */
	int run(Session session);

	/** Whether results, and what went wrong, are wanted as JSON. */
	default boolean json() {
		return false;
	}

	/** Whether it is a command that removes rows, whatever its options say. */
	default boolean deletes() {
		return false;
	}

	/**
	 * Whether it removes rows: only then are missing indexes built first, as the service
	 * does at its start. A command that only looks leaves them as they are.
	 */
	default boolean removes() {
		return false;
	}

	/**
	 * Whether it works on a database as it is, without the service's tables, privileges
	 * or the permission to write.
	 */
	default boolean looksOnly() {
		return false;
	}

	/**
	 * Whether it only reads what the service counts and records, or notes a wish that
	 * some instance heeds. Then only the parts that it asks for are started, which is
	 * what makes it fast; all are, if the database is not at the newest version or the
	 * command fails.
	 */
	default boolean startsPartly() {
		return false;
	}

}
