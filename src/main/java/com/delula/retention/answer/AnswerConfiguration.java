package com.delula.retention.answer;

import com.delula.retention.policy.edit.PolicyEdits;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.GroupNames;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.engine.RowReader;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.run.history.RunHistory;
import com.delula.retention.status.NextRuns;
import com.delula.retention.status.RuleStatuses;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** Wires the answers. */
@Configuration(proxyBeanMethods = false)
class AnswerConfiguration {

	/** Lazy, because a command needs none but one. */
	@Bean
	@Lazy
	PolicyAnswers policyAnswers(PolicyEdits edits, RuleRequests requests) {
		return new PolicyAnswers(edits, requests);
	}

	@Bean
	RuleAnswers ruleAnswers(Rules rules, RuleRequests requests, RuleStatuses statuses, Approvals approvals,
			NextRuns next) {
		return new RuleAnswers(rules, requests, statuses, approvals, next);
	}

	@Bean
	RowAnswers rowAnswers(RowReader rows, RunHistory history, ObjectProvider<GroupNames> names) {
		return new RowAnswers(rows, history, names.orderedStream().toList());
	}

}
