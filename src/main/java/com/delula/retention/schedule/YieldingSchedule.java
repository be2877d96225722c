package com.delula.retention.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.delula.retention.run.ForeignSchedule;
import com.delula.retention.run.TaskSchedule;

/**
 * The service's own schedule of a task, which is inactive while one outside of it is
 * active.
 */
final class YieldingSchedule implements TaskSchedule {

	private final TaskSchedule own;

	private final List<ForeignSchedule> others;

	YieldingSchedule(TaskSchedule own, List<ForeignSchedule> others) {
		this.own = own;
		this.others = others;
	}

	/** The service's own schedule, whether or not it is inactive. */
	TaskSchedule own() {
		return this.own;
	}

	/** The schedule that replaces it at this moment. */
	Optional<TaskSchedule> other() {
		return this.others.stream().flatMap((other) -> other.active(task()).stream()).findFirst();
	}

	@Override
	public String task() {
		return this.own.task();
	}

	@Override
	public Instant next() {
		return other().map(TaskSchedule::next).orElseGet(this.own::next);
	}

	@Override
	public Duration interval() {
		return other().map(TaskSchedule::interval).orElseGet(this.own::interval);
	}

	@Override
	public String words() {
		return other().map(TaskSchedule::words).orElseGet(this.own::words);
	}

	@Override
	public String text() {
		return other().map((other) -> other.text() + "; the service's own (" + this.own.text() + ") is inactive")
			.orElseGet(this.own::text);
	}

}
