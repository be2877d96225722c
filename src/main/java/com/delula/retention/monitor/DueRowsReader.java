package com.delula.retention.monitor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

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
	 * What is due, as of a minute ago at most; empty while the first count is under way.
	 */
	public Optional<Due> find(String task) {
		return this.tasks.stream()
			.filter((rows) -> rows.task().equals(task))
			.findFirst()
			.flatMap((rows) -> Optional.ofNullable(rows.latest()));
	}

	/**
	 * What is due since a run has ended. A count from before that is not told, but done
	 * again.
	 * @param task the task
	 * @param lastRun the newest run that has ended; null before the first
	 * @return empty while a count is under way
	 */
	public Optional<Due> find(String task, @Nullable UUID lastRun) {
		Optional<Due> found = find(task);
		if (found.filter((due) -> !Objects.equals(due.lastRun(), lastRun)).isPresent()) {
			this.tasks.stream().filter((rows) -> rows.task().equals(task)).forEach(DueRows::outdated);
			return Optional.empty();
		}
		return found;
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
