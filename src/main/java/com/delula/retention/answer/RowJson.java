package com.delula.retention.answer;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.RowVerdict;
import com.delula.retention.run.RowVerdict.Removal;
import com.delula.retention.run.RowVerdict.Row;
import com.delula.retention.run.Verdict;
import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one row, as the API shows it.
 *
 * @param success always true
 * @param rule the rule's name
 * @param table the table
 * @param key the row's key as it was given
 * @param verdict what becomes of it
 * @param because why, in a sentence
 * @param time its time; null without one
 * @param group its group; null if it has none or there are no groups
 * @param position its place among the newest of its group, from 1; null where none stay,
 * or where the rule does not cover it, and far behind those that stay
 * @param keepNewest how many of these stay; 0 keeps none, null where a hold keeps it
 * @param maxAgeHours how old it must be; 0 for any age, null where a hold keeps it
 * @param policy the policy under which it falls, or that holds it; null under none
 * @param dueAt when it is due, of a row that is only too young; else null
 * @param runId the run that removed it; null if none is known
 * @param condition the column of the first condition that it does not meet; null if it
 * meets all
 * @param referencedBy a table with a row that refers to it and stays; null if there is
 * none
 * @param goesOnce what has to happen before one of the newest of its group goes, in a
 * sentence; null for another row. For people, and not part of the answer
 */
public record RowJson(boolean success, String rule, String table, String key, String verdict, String because,
		@Nullable Instant time, @Nullable String group, @Nullable Long position, @Nullable Integer keepNewest,
		@Nullable BigDecimal maxAgeHours, @Nullable String policy, @Nullable Instant dueAt, @Nullable UUID runId,
		@Nullable String condition, @Nullable String referencedBy, @JsonIgnore @Nullable String goesOnce) {

	/** The verdict in the contract's words. */
	static RowJson of(Rule rule, String table, String key, RowVerdict found, String because) {
		Row row = found.row();
		if (row == null) {
			return gone(rule, table, key, found, because);
		}
		Policy policy = row.policy();
		return new RowJson(true, rule.name(), table, key, found.verdict().label(), because, row.time(), row.group(),
				row.held() ? null : row.position(), row.held() ? null : row.keepNewest(),
				row.held() ? null : RuleJson.hours(row.maxAge()), (policy != null) ? policy.id() : null, found.dueAt(),
				null, row.unmet().isEmpty() ? null : row.unmet().get(0).condition().column(), row.referencedBy(),
				goesOnce(found.verdict(), row));
	}

	private static @Nullable String goesOnce(Verdict verdict, Row row) {
		Long position = row.position();
		if (verdict != Verdict.KEPT_NEWEST || position == null) {
			return null;
		}
		boolean anyAge = row.maxAge().isZero();
		if (row.time() == null && !anyAge) {
			return "It has no time, so it counts as the newest, and no age removes it.";
		}
		long newer = row.keepNewest() - position + 1;
		return "It goes once " + ((newer == 1) ? "1 newer one has" : newer + " newer ones have") + " arrived"
				+ ((anyAge || row.old()) ? "." : " and it is older than " + Quantity.of(row.maxAge()) + ".");
	}

	private static RowJson gone(Rule rule, String table, String key, RowVerdict found, String because) {
		Removal removal = found.removal();
		Keep keep = rule.keep();
		return new RowJson(true, rule.name(), table, key, found.verdict().label(), because, null,
				(removal != null) ? removal.group() : null, null, (keep != null) ? keep.newest() : 0,
				RuleJson.hours(rule.maxAge()), null, null, (removal != null) ? removal.run() : null, null, null, null);
	}

}
