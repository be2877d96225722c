package com.delula.retention.monitor;

import java.util.List;
import java.util.Optional;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Reports how many rows of each task are due, without waiting for a count. */
public class DueRowsReader {

	private final List<DueRows> tasks;

	DueRowsReader(List<DueRows> tasks) {
		this.tasks = tasks;
	}

	/**
	 * What is due, as of about a minute ago; empty while the first count is under way.
	 */
	public Optional<Due> find(String task) {
		return this.tasks.stream()
			.filter((rows) -> rows.task().equals(task))
			.findFirst()
			.flatMap((rows) -> Optional.ofNullable(rows.latest()));
	}

	/** Starts the first count when the service is ready. */
	@EventListener(ApplicationReadyEvent.class)
	void look() {
		this.tasks.forEach(DueRows::refresh);
	}

	/** Runs that end during the shutdown would start another count. */
	@EventListener(ContextClosedEvent.class)
	void stop() {
		this.tasks.forEach(DueRows::stop);
	}

}
