package com.delula.retention.policy;

import java.time.Instant;

import com.delula.retention.rule.Policy;

/**
 * A policy as it was saved.
 *
 * @param policy what it says
 * @param changedAt when it was last saved, by the database's clock
 * @param changedBy who saved it
 */
public record StoredPolicy(Policy policy, Instant changedAt, String changedBy) {

}
