package com.delula.retention.answer;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * A policy that was saved or deleted, or would be.
 *
 * @param success always true
 * @param rule the rule's name
 * @param dryRun whether nothing was saved
 * @param dueBefore rows that are due now; null unless it is a dry run
 * @param dueAfter rows that would be due; null unless it is a dry run
 * @param moreDue rows that would become due; null unless it is a dry run
 * @param fewerDue rows that would no longer be due; null unless it is a dry run
 * @param policy the policy, whose fields stand in the answer itself
 */
@JsonPropertyOrder({ "success", "rule", "dryRun", "dueBefore", "dueAfter", "moreDue", "fewerDue" })
public record PolicyEditJson(boolean success, String rule, boolean dryRun, @Nullable Long dueBefore,
		@Nullable Long dueAfter, @Nullable Long moreDue, @Nullable Long fewerDue, @JsonUnwrapped PolicyJson policy) {

}
