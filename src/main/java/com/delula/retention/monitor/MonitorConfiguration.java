package com.delula.retention.monitor;

import java.time.Clock;
import java.util.List;

import com.delula.retention.database.Instance;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.engine.StockReader;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.run.history.RunHistory;
import com.delula.retention.status.Counts;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires metrics and health. */
@Configuration(proxyBeanMethods = false)
class MonitorConfiguration {

	@Bean
	RunMetrics runMetrics(MeterRegistry registry, Rules rules) {
		return new RunMetrics(registry, rules);
	}

	@Bean
	WaitMetrics waitMetrics(MeterRegistry registry, Rules rules) {
		return new WaitMetrics(registry, rules);
	}

	@Bean
	DueRowsReader dueRowsReader(RunMetrics metrics, Rules rules, StockReader stocks, Counts counts, RunHistory history,
			Approvals approvals, List<TaskSchedule> schedules, RunProperties properties, Instance instance) {
		metrics.limit(properties.maxDuration());
		Clock clock = instance.clock();
		List<DueRows> rows = rules.all().stream().map((rule) -> {
			TaskTimes times = new TaskTimes(rule.name(), history, approvals, schedule(rule, schedules), clock);
			DueRows due = new DueRows(rule.name(), stocks, counts, times, clock);
			metrics.watch(rule.name(), due);
			return due;
		}).toList();
		return new DueRowsReader(rows);
	}

	private static @Nullable TaskSchedule schedule(Rule rule, List<TaskSchedule> schedules) {
		return schedules.stream().filter((schedule) -> schedule.task().equals(rule.name())).findFirst().orElse(null);
	}

	@Bean
	TaskHealthReader taskHealthReader(Rules rules, RunHistory history, Approvals approvals,
			List<TaskSchedule> schedules) {
		return new TaskHealthReader(rules, history, approvals, schedules);
	}

	/**
	 * Asks the pool first: the component "db" has just waited for a connection, and a
	 * caller should not have to wait twice.
	 */
	@Bean
	RetentionHealth retentionHealthIndicator(TaskHealthReader tasks, HikariDataSource pool) {
		return new RetentionHealth(tasks,
				() -> pool.getHikariPoolMXBean() != null && pool.getHikariPoolMXBean().getTotalConnections() == 0);
	}

}
