package com.delula.retention.run;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One wish to run a task; every door builds one and hands it to the engine.
 *
 * @param task the task's name
 * @param mode how far it goes
 * @param trigger the door
 * @param actor who asked
 * @param dryRun whether to count only, in a read-only transaction
 * @param options the task's own options by name, as recorded in the history
 * @param expectedRows the most rows that it may remove, 0 or more; null without a limit
 */
public record RunRequest(String task, Mode mode, Trigger trigger, String actor, boolean dryRun,
		Map<String, String> options, @Nullable Long expectedRows) {

	public RunRequest {
		options = Map.copyOf(options);
		if (expectedRows != null && expectedRows < 0) {
			throw new IllegalArgumentException("Not a number of rows: " + expectedRows);
		}
	}

	/** A request without a limit. */
	public RunRequest(String task, Mode mode, Trigger trigger, String actor, boolean dryRun,
			Map<String, String> options) {
		this(task, mode, trigger, actor, dryRun, options, null);
	}

	/** The same request, held to a number of rows. */
	public RunRequest expecting(@Nullable Long rows) {
		return new RunRequest(this.task, this.mode, this.trigger, this.actor, this.dryRun, this.options, rows);
	}

	/** Who asks, and through which door. */
	public Caller caller() {
		return new Caller(this.actor, this.trigger);
	}

}
