package com.delula.retention.run;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Another run of the task is under way, on this instance or another. */
public final class AlreadyRunningException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient @Nullable UUID runId;

	public AlreadyRunningException(String task, @Nullable UUID runId) {
		super("A run of " + task + " is already under way" + ((runId != null) ? ": " + runId : ""));
		this.runId = runId;
	}

	/** The run that is under way; null if it ended in the moment of asking. */
	public @Nullable UUID runId() {
		return this.runId;
	}

}
