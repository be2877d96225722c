package com.delula.retention.monitor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import com.delula.retention.status.DueObserver;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;

/** Reports how many rows of each task are due, without waiting for a count. */
public class DueRowsReader implements DueObserver {

	private final List<DueRows> tasks;

	DueRowsReader(List<DueRows> tasks) {
		this.tasks = tasks;
	}

	/**
	 * What is due, as of a minute ago at most; empty while the first count is under way.
	 */
	public Optional<Due> find(String task) {
		return rows(task).flatMap((rows) -> Optional.ofNullable(rows.latest()));
	}

	/**
	 * What is due since the last run of a task has ended and its policies were changed on
	 * this instance. A count from before that is not told, but done again.
	 * @return empty while a count is under way
	 */
	public Optional<Due> find(TaskHealth health) {
		// First, because a count that ends in between knows of the change
		boolean changed = rows(health.task()).filter(DueRows::isOutdated).isPresent();
		Optional<Due> found = find(health.task());
		UUID last = (health.last() != null) ? health.last().id() : null;
		if (found.filter((due) -> !Objects.equals(due.lastRun(), last)).isPresent()) {
			rows(health.task()).ifPresent(DueRows::outdated);
			return Optional.empty();
		}
		return changed ? Optional.empty() : found;
	}

	@Override
	public void dueChanged(String rule) {
		rows(rule).ifPresent(DueRows::changed);
	}

	private Optional<DueRows> rows(String task) {
		return this.tasks.stream().filter((rows) -> rows.task().equals(task)).findFirst();
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
