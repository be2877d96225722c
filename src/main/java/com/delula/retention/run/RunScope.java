package com.delula.retention.run;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.delula.retention.rule.Policy;

/**
 * What is fixed for the whole of a run, from the database's clock at its start.
 *
 * @param runId the run
 * @param request the wish that it fulfils
 * @param startedAt when it started
 * @param cutoff rows are due when they are strictly older than this
 * @param before the same as a literal for SQL, UTC; {@code infinity} where age does not
 * matter
 * @param policies the exceptions to the rule that are in force
 */
public record RunScope(UUID runId, RunRequest request, Instant startedAt, Instant cutoff, String before,
		List<Policy> policies) {

	public RunScope {
		policies = List.copyOf(policies);
	}

	/** The same under other policies. */
	public RunScope withPolicies(List<Policy> others) {
		return new RunScope(this.runId, this.request, this.startedAt, this.cutoff, this.before, others);
	}

}
