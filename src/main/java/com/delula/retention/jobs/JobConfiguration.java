package com.delula.retention.jobs;

import java.util.List;

import com.delula.retention.admin.ApiPart;
import com.delula.retention.answer.OwnAnswers;
import com.delula.retention.request.RuleCommand;
import com.delula.retention.rule.RuleFeature;
import com.delula.retention.rule.RuleSource;
import com.delula.retention.run.Mode;
import com.delula.retention.run.engine.StockReader;
import com.delula.retention.status.Counts;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the job purge. */
@RuleFeature
@EnableConfigurationProperties(PurgeProperties.class)
class JobConfiguration {

	@Bean
	@Order(2)
	RuleSource jobRule(PurgeProperties properties) {
		return () -> List.of(JobPurge.rule(properties));
	}

	@Bean
	PurgeAnswers purgeAnswers(JobReader jobs, PurgeProperties properties) {
		return new PurgeAnswers(jobs, properties);
	}

	@Bean
	RuleCommand purgeCommand() {
		return new RuleCommand("purge", JobPurge.NAME, Mode.REGULAR, "Remove old finished jobs and upscale jobs.");
	}

	@Bean
	OwnAnswers jobOwnAnswers(JobReader jobs, PurgeAnswers answers, PurgeProperties properties) {
		return new JobOwnAnswers(jobs, answers, properties);
	}

	@Bean
	JobReader jobReader(JdbcClient jdbc, StockReader stocks, Counts counts) {
		return new JobReader(jdbc, stocks, counts);
	}

	@Bean
	ApiPart jobApi() {
		return new ApiPart("openapi-jobs.yaml");
	}

}
