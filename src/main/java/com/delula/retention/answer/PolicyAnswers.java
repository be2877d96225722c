package com.delula.retention.answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.option.Option;
import com.delula.retention.policy.PolicyChange;
import com.delula.retention.policy.StoredPolicy;
import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.StockChange;
import org.jspecify.annotations.Nullable;

/** Answers about policies. */
public class PolicyAnswers {

	private final PolicyEdits edits;

	private final RuleRequests requests;

	PolicyAnswers(PolicyEdits edits, RuleRequests requests) {
		this.edits = edits;
		this.requests = requests;
	}

	/** A rule's policies and their last changes. */
	public PoliciesJson list(Rule rule) {
		return new PoliciesJson(true, rule.name(),
				this.edits.list(rule).stream().map((stored) -> json(rule, stored)).toList(),
				this.edits.changes(rule).stream().map((change) -> json(rule, change)).toList());
	}

	/** A policy that was saved or deleted. */
	public PolicyEditJson edited(Rule rule, StoredPolicy stored) {
		return new PolicyEditJson(true, rule.name(), false, null, null, null, null, json(rule, stored));
	}

	/** A policy that would be. */
	public PolicyEditJson preview(Rule rule, Policy policy, StockChange change) {
		return new PolicyEditJson(true, rule.name(), true, change.dueBefore(), change.dueAfter(), change.more(),
				change.fewer(), json(rule, policy));
	}

	private PoliciesJson.Change json(Rule rule, PolicyChange change) {
		return new PoliciesJson.Change(change.policy(), change.changedAt(), change.actor(), change.door(),
				optional(rule, change.before()), optional(rule, change.after()));
	}

	private @Nullable PolicyJson optional(Rule rule, @Nullable Policy policy) {
		return (policy != null) ? json(rule, policy) : null;
	}

	private PolicyJson json(Rule rule, StoredPolicy stored) {
		Policy policy = stored.policy();
		return new PolicyJson(policy.id(), match(rule, policy), policy.maxAgeHours(), policy.keepNewest(),
				policy.hold(), policy.note(), stored.changedAt(), stored.changedBy());
	}

	private PolicyJson json(Rule rule, Policy policy) {
		return new PolicyJson(policy.id(), match(rule, policy), policy.maxAgeHours(), policy.keepNewest(),
				policy.hold(), policy.note(), null, null);
	}

	/** In the rule's order, behind them what it no longer lists. */
	private Map<String, @Nullable Object> match(Rule rule, Policy policy) {
		Map<String, @Nullable Object> match = new LinkedHashMap<>();
		List<Option<String>> options = this.requests.narrowing(rule);
		for (int i = 0; i < options.size(); i++) {
			String column = rule.narrowBy().get(i);
			if (policy.match().containsKey(column)) {
				match.put(options.get(i).name(), value(options.get(i), policy.match().get(column)));
			}
		}
		policy.match().forEach((column, value) -> match.putIfAbsent(Rule.optionName(column), value));
		return match;
	}

	private static @Nullable Object value(Option<String> option, @Nullable String value) {
		return (value != null && option.type().numeric() && value.matches("-?\\d{1,18}")) ? Long.valueOf(value) : value;
	}

}
