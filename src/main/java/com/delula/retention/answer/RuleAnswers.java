package com.delula.retention.answer;

import java.util.ArrayList;
import java.util.List;

import com.delula.retention.answer.RuleJson.Operation;
import com.delula.retention.answer.RuleJson.OptionJson;
import com.delula.retention.option.OptionSet;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.status.NextRuns;
import com.delula.retention.status.NextRuns.NextRun;
import com.delula.retention.status.RuleStatuses;

/** Answers about the rules. */
public class RuleAnswers {

	private final Rules rules;

	private final RuleRequests requests;

	private final RuleStatuses statuses;

	private final Approvals approvals;

	private final NextRuns next;

	RuleAnswers(Rules rules, RuleRequests requests, RuleStatuses statuses, Approvals approvals, NextRuns next) {
		this.rules = rules;
		this.requests = requests;
		this.statuses = statuses;
		this.approvals = approvals;
		this.next = next;
	}

	/** Every rule. */
	public RulesJson all() {
		return new RulesJson(true, this.rules.all().stream().map(this::describe).toList());
	}

	/** How a rule's tables stand. */
	public RuleStatusJson status(Rule rule) {
		return RuleStatusJson.of(rule, this.statuses.of(rule), this.approvals.refusedRun(rule.name()).isPresent());
	}

	private RuleJson describe(Rule rule) {
		List<Operation> operations = new ArrayList<>();
		operations.add(operation(rule, Mode.REGULAR, "run"));
		if (rule.emergency()) {
			operations.add(operation(rule, Mode.EMERGENCY, "emergency"));
		}
		return RuleJson.of(rule, this.next.find(rule).map(NextRun::at).orElse(null), operations);
	}

	private Operation operation(Rule rule, Mode mode, String last) {
		OptionSet options = this.requests.optionsByName(rule, mode);
		return new Operation(mode.label(), "/api/admin/rules/" + rule.name() + "/" + last,
				options.options()
					.stream()
					.map((option) -> new OptionJson(option.name(), option.type().allowed()))
					.toList());
	}

}
