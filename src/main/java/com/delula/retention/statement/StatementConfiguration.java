package com.delula.retention.statement;

import java.util.List;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.Requirements;
import com.delula.retention.installation.RuleStatements;
import com.delula.retention.policy.PolicyStore;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.RetentionTask;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the statements. */
@Configuration(proxyBeanMethods = false)
class StatementConfiguration {

	/** As the engine runs them; it asks for no single one. */
	@Bean
	List<RetentionTask> retentionTasks(JdbcClient jdbc, Catalog catalog, PolicyStore policies, Rules rules) {
		return rules.all().stream().<RetentionTask>map((rule) -> new RuleTask(jdbc, catalog, policies, rule)).toList();
	}

	@Bean
	Requirements ruleRequirements(Rules rules) {
		return new RuleRequirements(rules);
	}

	@Bean
	RuleStatements rulePlans(JdbcClient jdbc, Catalog catalog, Rules rules, PolicyStore policies) {
		return new RulePlans(jdbc, catalog, rules, policies);
	}

	@Bean
	ArrivalCounts arrivalCounts(JdbcClient jdbc, Catalog catalog) {
		return new ArrivalCounts(jdbc, catalog);
	}

	@Bean
	StateCounts stateCounts(JdbcClient jdbc, Catalog catalog) {
		return new StateCounts(jdbc, catalog);
	}

}
