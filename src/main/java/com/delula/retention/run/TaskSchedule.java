package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;

/** When a task runs by itself, as observers want to know it. */
public interface TaskSchedule {

	/** The task's name. */
	String task();

	/** Its next firing on this instance. */
	Instant next();

	/** The longest time between two firings. */
	Duration interval();

	/** The schedule exactly, for the log. */
	String text();

	/** The schedule for people: {@code every day at 02:00 UTC}. */
	default String words() {
		return text();
	}

}
