package com.delula.retention.answer;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** What a task counts of a run; each task has its own. */
public interface RunCounts {

	/** The same by the contract's field names, in order. */
	Map<String, @Nullable Object> fields();

}
