package com.delula.retention.monitor;

import java.util.List;
import java.util.Optional;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/** Tells how much of each task is due, without ever waiting for a count. */
public class DueRowsReader implements ApplicationListener<ApplicationReadyEvent> {

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

	/** The first look, when the service is ready. */
	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		this.tasks.forEach(DueRows::refresh);
	}

}
