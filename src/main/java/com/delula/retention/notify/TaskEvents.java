package com.delula.retention.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.delula.retention.monitor.Due;
import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.monitor.TaskHealth;
import com.delula.retention.monitor.TaskHealthReader;
import com.delula.retention.notify.Alarms.Kind;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.history.RunHistory;

/** Looks at the tasks and tells webhooks what has changed. */
final class TaskEvents {

	private final Rules rules;

	private final TaskHealthReader health;

	private final RunHistory history;

	private final DueRowsReader due;

	private final Alarms alarms;

	private final TaskTexts texts;

	private final NotifyProperties properties;

	/** Counts are made about once a minute; each is looked at once. */
	private final Map<String, Instant> counted = new ConcurrentHashMap<>();

	TaskEvents(Rules rules, TaskHealthReader health, RunHistory history, DueRowsReader due, Alarms alarms,
			NotifyProperties properties) {
		this.rules = rules;
		this.health = health;
		this.history = history;
		this.due = due;
		this.alarms = alarms;
		this.texts = new TaskTexts(rules);
		this.properties = properties;
	}

	/**
	 * Looks at all tasks.
	 * @param endpoints whom to tell of changes
	 */
	void look(List<Endpoint> endpoints) {
		Instant asOf = this.history.now();
		for (TaskHealth task : this.health.read()) {
			overdue(task, asOf, endpoints);
			down(task, asOf, endpoints);
		}
		for (Rule rule : this.rules.all()) {
			long threshold = this.properties.threshold(rule.name());
			if (threshold > 0) {
				this.due.find(rule.name()).ifPresent((found) -> due(found, threshold, endpoints));
			}
		}
	}

	private void overdue(TaskHealth task, Instant asOf, List<Endpoint> endpoints) {
		Optional<Event> event = task.overdue() ? Optional.of(this.texts.overdue(task, asOf)) : Optional.empty();
		this.alarms.observe(task.task(), Kind.OVERDUE, task.overdue(), asOf, event,
				told(endpoints, EventType.TASK_OVERDUE));
	}

	/**
	 * A task has recovered once it has succeeded, not when a run was cancelled or its
	 * schedule was turned off.
	 */
	private void down(TaskHealth task, Instant asOf, List<Endpoint> endpoints) {
		if (task.down()) {
			this.alarms.observe(task.task(), Kind.DOWN, true, asOf, Optional.empty(), endpoints);
		}
		else if (task.lastTelling() != null && task.lastTelling().status() == RunStatus.SUCCEEDED) {
			this.alarms.observe(task.task(), Kind.DOWN, false, asOf, Optional.of(this.texts.recovered(task, asOf)),
					told(endpoints, EventType.TASK_RECOVERED));
		}
	}

	private void due(Due found, long threshold, List<Endpoint> endpoints) {
		if (found.asOf().equals(this.counted.put(found.task(), found.asOf()))) {
			return;
		}
		boolean passed = found.rows() >= threshold;
		Optional<Event> event = passed ? Optional.of(this.texts.due(found, threshold)) : Optional.empty();
		this.alarms.observe(found.task(), Kind.DUE_ROWS, passed, found.asOf(), event,
				told(endpoints, EventType.ROWS_DUE));
	}

	private static List<Endpoint> told(List<Endpoint> endpoints, EventType type) {
		return endpoints.stream().filter((endpoint) -> endpoint.events().contains(type)).toList();
	}

}
