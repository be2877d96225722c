package com.delula.retention.notify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a webhook can be told of. */
enum EventType {

	/** A run failed. */
	RUN_FAILED,

	/** A run was refused, because more rows were due than it may remove. */
	RUN_REFUSED,

	/** A run reached its time limit. */
	RUN_TIMED_OUT,

	/** A task has not succeeded for two of its intervals. */
	TASK_OVERDUE,

	/** A task that was overdue or had failed has succeeded again. */
	TASK_RECOVERED,

	/** A task has more rows due than {@code retention.notify.due-rows}. */
	ROWS_DUE;

	private static final String RUN = "run.";

	/** The name in settings and in {@code type}: {@code run.timed_out}. */
	String label() {
		return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
	}

	static Optional<EventType> of(String label) {
		return Arrays.stream(values()).filter((type) -> type.label().equals(label)).findFirst();
	}

	/** All names, for a message. */
	static String labels() {
		return Arrays.stream(values()).map(EventType::label).collect(Collectors.joining(", "));
	}

	/** The statuses of runs among these events. */
	static List<String> runStatuses(Iterable<EventType> types) {
		List<String> statuses = new ArrayList<>();
		for (EventType type : types) {
			if (type.label().startsWith(RUN)) {
				statuses.add(type.label().substring(RUN.length()));
			}
		}
		return statuses;
	}

}
