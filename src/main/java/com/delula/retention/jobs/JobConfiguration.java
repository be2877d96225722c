package com.delula.retention.jobs;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.Requirements;
import com.delula.retention.statement.RuleTask;
import com.delula.retention.run.RunEngine;

import org.springframework.beans.factory.ObjectProvider;
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
	JobReader jobReader(JdbcClient jdbc, ObjectProvider<RunEngine> engine) {
		return new JobReader(jdbc, engine);
	}

}
