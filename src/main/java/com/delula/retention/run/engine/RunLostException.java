package com.delula.retention.run.engine;

import java.util.UUID;

/**
 * The history does not know a run that was opened in it: the database has gone back to a
 * moment before, as in a failover to a replica that had not received the run.
 */
final class RunLostException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RunLostException(UUID run) {
		super("Run " + run + " is missing from the history: the database lost it, probably in a failover."
				+ " What it removed came back with it");
	}

}
