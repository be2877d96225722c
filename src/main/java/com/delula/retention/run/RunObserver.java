package com.delula.retention.run;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Is told what runs do. It may not break a run: what it throws is logged, no more. */
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
