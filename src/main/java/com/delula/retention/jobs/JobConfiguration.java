package com.delula.retention.jobs;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.Requirements;
import com.delula.retention.run.StockReader;
import com.delula.retention.statement.RuleTask;
import com.delula.retention.status.Counts;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the job purge. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

	@Bean
	Requirements jobRequirements() {
		return new JobRequirements();
	}

	@Bean
	RuleTask jobPurge(JdbcClient jdbc, Catalog catalog, PurgeProperties properties) {
		return new RuleTask(jdbc, catalog, JobPurge.rule(properties));
	}

	@Bean
	JobReader jobReader(JdbcClient jdbc, StockReader stocks, Counts counts) {
		return new JobReader(jdbc, stocks, counts);
	}

}
