package com.delula.retention.jobs;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.Requirements;
import com.delula.retention.installation.RuleStatements;
import com.delula.retention.run.ReadOnlySnapshot;
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
	JobPurge jobPurge(JdbcClient jdbc, Catalog catalog, PurgeProperties properties) {
		return new JobPurge(jdbc, catalog, properties);
	}

	@Bean
	RuleStatements jobStatements(JdbcClient jdbc, Catalog catalog, PurgeProperties properties) {
		return new JobStatements(jdbc, catalog, properties);
	}

	@Bean
	JobReader jobReader(JdbcClient jdbc, ReadOnlySnapshot snapshot, ObjectProvider<RunEngine> engine) {
		return new JobReader(jdbc, snapshot, engine);
	}

}
