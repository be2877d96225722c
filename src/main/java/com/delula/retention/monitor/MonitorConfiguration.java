package com.delula.retention.monitor;

import java.time.Clock;
import java.util.List;

import com.delula.retention.run.Instance;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunHistory;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.StockReader;
import com.delula.retention.run.TaskSchedule;
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
	RunMetrics runMetrics(MeterRegistry registry, List<RetentionTask> tasks) {
		return new RunMetrics(registry, tasks);
	}

	@Bean
	DueRowsReader dueRowsReader(RunMetrics metrics, List<RetentionTask> tasks, StockReader stocks, Counts counts,
			RunHistory history, List<TaskSchedule> schedules, RunProperties properties, Instance instance) {
		metrics.limit(properties.maxDuration());
		Clock clock = instance.clock();
		List<DueRows> rows = tasks.stream().map((task) -> {
			TaskTimes times = new TaskTimes(task.name(), history, schedule(task, schedules), clock);
			DueRows due = new DueRows(task.name(), stocks, counts, times, clock);
			metrics.watch(task.name(), due);
			return due;
		}).toList();
		return new DueRowsReader(rows);
	}

	private static @Nullable TaskSchedule schedule(RetentionTask task, List<TaskSchedule> schedules) {
		return schedules.stream().filter((schedule) -> schedule.task().equals(task.name())).findFirst().orElse(null);
	}

	@Bean
	TaskHealthReader taskHealthReader(List<RetentionTask> tasks, RunHistory history, List<TaskSchedule> schedules) {
		return new TaskHealthReader(tasks, history, schedules);
	}

	/**
	 * The pool is asked first: the component "db" has just waited for a connection, and
	 * whoever asks for health should not wait twice.
	 */
	@Bean
	RetentionHealth retentionHealthIndicator(TaskHealthReader tasks, HikariDataSource pool) {
		return new RetentionHealth(tasks,
				() -> pool.getHikariPoolMXBean() != null && pool.getHikariPoolMXBean().getTotalConnections() == 0);
	}

}
