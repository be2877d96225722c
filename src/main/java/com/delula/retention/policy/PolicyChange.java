package com.delula.retention.policy;

import java.time.Instant;

import com.delula.retention.rule.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A change of a policy.
 *
 * @param policy the policy's id
 * @param changedAt when, by the database's clock
 * @param actor who
 * @param door through which door: {@code api}, {@code page} or {@code cli}
 * @param before what it said before; null if there was none
 * @param after what it said then; null if it was deleted
 */
public record PolicyChange(String policy, Instant changedAt, String actor, String door, @Nullable Policy before,
		@Nullable Policy after) {

}
