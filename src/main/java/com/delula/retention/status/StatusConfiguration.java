package com.delula.retention.status;

import java.time.Duration;

import com.delula.retention.database.ReadOnlySnapshot;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.engine.StockReader;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the counts. */
@Configuration(proxyBeanMethods = false)
class StatusConfiguration {

	/** A count of 5,000,000 rows takes about a second. */
	@Bean
	Counts counts(JdbcTemplate jdbc, ReadOnlySnapshot snapshot,
			@Value("${retention.status.timeout:30s}") Duration timeout) {
		return new Counts(jdbc, snapshot, timeout);
	}

	@Bean
	RuleStatuses ruleStatuses(JdbcClient jdbc, StockReader stocks, Counts counts, Rules rules) {
		return new RuleStatuses(jdbc, stocks, counts, rules);
	}

}
