package com.delula.retention.run;

import java.util.Map;

/**
 * One wish to run a task; every door builds one and hands it to {@link RunEngine}.
 *
 * @param task the task's name
 * @param mode how far it goes
 * @param trigger the door
 * @param actor who asked
 * @param dryRun whether to count only, in a read-only transaction
 * @param options the task's own options by name, as recorded in the history
 */
public record RunRequest(String task, Mode mode, Trigger trigger, String actor, boolean dryRun,
		Map<String, String> options) {

	public RunRequest {
		options = Map.copyOf(options);
	}

}
