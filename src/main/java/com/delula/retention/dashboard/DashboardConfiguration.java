package com.delula.retention.dashboard;

import com.delula.retention.backlog.BacklogReader;
import com.delula.retention.jobs.JobReader;
import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.run.RunEngine;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the dashboard. */
@Configuration(proxyBeanMethods = false)
class DashboardConfiguration {

	@Bean
	Samples samples(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		return new Samples(jdbc, new TransactionTemplate(transactionManager));
	}

	@Bean
	@ConditionalOnWebApplication
	Sampler sampler(Samples samples, BacklogReader backlog, JobReader jobs, DueRowsReader due, RunEngine engine) {
		return new Sampler(samples, backlog, jobs, due, engine);
	}

	@Bean
	Charts charts(Samples samples, JdbcClient jdbc, RunEngine engine, Words words) {
		return new Charts(samples, new Removals(jdbc), engine, words);
	}

}
