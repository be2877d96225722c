package com.delula.retention.monitor;

import java.time.Clock;
import java.util.List;

import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunEngine;
import com.delula.retention.run.RunHistory;
import com.delula.retention.run.TaskSchedule;
import io.micrometer.core.instrument.MeterRegistry;

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
	DueRowsReader dueRowsReader(RunMetrics metrics, List<RetentionTask> tasks, RunEngine engine, RunHistory history,
			Clock clock) {
		List<DueRows> rows = tasks.stream().map((task) -> {
			DueRows due = new DueRows(task.name(), engine, history, clock);
			metrics.watch(task.name(), due);
			return due;
		}).toList();
		return new DueRowsReader(rows);
	}

	@Bean
	TaskHealthReader taskHealthReader(List<RetentionTask> tasks, RunHistory history, List<TaskSchedule> schedules) {
		return new TaskHealthReader(tasks, history, schedules);
	}

	@Bean
	RetentionHealth retentionHealthIndicator(TaskHealthReader tasks) {
		return new RetentionHealth(tasks);
	}

}
