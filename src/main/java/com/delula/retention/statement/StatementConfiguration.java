package com.delula.retention.statement;

import java.util.List;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.RuleStatements;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the statements. */
@Configuration(proxyBeanMethods = false)
class StatementConfiguration {

	@Bean
	RuleStatements rulePlans(JdbcClient jdbc, Catalog catalog, List<RuleTask> tasks) {
		return new RulePlans(jdbc, catalog, tasks);
	}

}
