package com.delula.retention.answer;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A rule's policies.
 *
 * @param success always true
 * @param rule the rule's name
 * @param items the policies, in the order in which they are tried on a row
 * @param changes the last changes, newest first
 */
public record PoliciesJson(boolean success, String rule, List<PolicyJson> items, List<Change> changes) {

	/**
	 * A change of a policy.
	 *
	 * @param policy the policy's id
	 * @param changedAt when
	 * @param actor who
	 * @param door through which door
	 * @param before what it said before; null if there was none
	 * @param after what it said then; null if it was deleted
	 */
	public record Change(String policy, Instant changedAt, String actor, String door, @Nullable PolicyJson before,
			@Nullable PolicyJson after) {

	}

}
