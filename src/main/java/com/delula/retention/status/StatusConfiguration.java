package com.delula.retention.status;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import com.delula.retention.database.ReadOnlySnapshot;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.engine.StockReader;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

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
	NextRuns nextRuns(ObjectProvider<List<TaskSchedule>> schedules, JdbcClient jdbc, Clock clock) {
		return new NextRuns(() -> schedules.getIfAvailable(List::of), jdbc, clock);
	}

	@Bean
	ArrivalLog arrivalLog(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		return new ArrivalLog(jdbc, new TransactionTemplate(transactionManager));
	}

	@Bean
	RuleStatuses ruleStatuses(JdbcClient jdbc, StockReader stocks, Counts counts, Rules rules, NextRuns next,
			ArrivalLog arrivals, RunProperties properties) {
		return new RuleStatuses(jdbc, stocks, counts, rules, next, new Forecasts(jdbc, arrivals, properties));
	}

}
