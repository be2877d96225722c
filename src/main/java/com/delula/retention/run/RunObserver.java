package com.delula.retention.run;

import java.time.Duration;

/** Is told what runs do. It may not break a run: what it throws is logged, no more. */
public interface RunObserver {

	/** A batch was committed. */
	default void removed(String task, String table, long rows, Duration duration) {
	}

	/** A run has ended, here or on an instance that died. */
	default void closed(Run run) {
	}

}
