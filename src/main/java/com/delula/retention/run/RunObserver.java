package com.delula.retention.run;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Observes runs. It may not break one: what it throws is only logged. */
public interface RunObserver {

	/** A run begins; it may be a dry one. */
	default void opened(Run run, List<String> tables) {
	}

	/** A batch was committed. */
	default void removed(String task, String table, long rows, Duration duration) {
	}

	/** A batch of a restore was committed. */
	default void restored(String task, String table, long rows, Duration duration) {
	}

	/**
	 * The run of a task waits between batches, or goes on.
	 * @param reason why it waits; null if it goes on
	 */
	default void waiting(String task, @Nullable WaitReason reason) {
	}

	/** A run has ended, here or on an instance that died. */
	default void closed(Run run) {
	}

}
