package com.delula.retention.schedule;

import java.time.Duration;
import java.util.List;

import com.delula.retention.database.Instance;
import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.ForeignSchedule;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.run.history.FiringLog;
import com.delula.retention.run.history.RunHistory;

import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the schedules. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ScheduleConfiguration {

	private static final Duration PAUSE = Duration.ofSeconds(2);

	/** Threads for what the service does besides, such as saying that it is up. */
	private static final int HOUSEKEEPERS = 4;

	@Bean
	ScheduledRuns scheduledRuns(RunEngine engine, RunProperties properties) {
		return new ScheduledRuns(engine, properties.maxDuration().plus(properties.retryFor()), PAUSE);
	}

	@Bean
	Housekeeping housekeeping(RunEngine engine, Instance instance, FiringLog firings, List<TaskSchedule> schedules,
			PlatformTransactionManager transactionManager) {
		return new Housekeeping(engine, instance, firings, schedules, new TransactionTemplate(transactionManager));
	}

	/**
	 * All instances fire by the one clock that they share. A run keeps its timer's thread
	 * until it ends, and so may the look for a missed one; the rest must go on meanwhile,
	 * or else the instance would count as dead.
	 */
	@Bean
	ThreadPoolTaskSchedulerCustomizer databaseTime(Instance instance, Rules rules) {
		return (scheduler) -> {
			scheduler.setClock(instance.clock());
			scheduler.setPoolSize(3 * rules.all().size() + HOUSEKEEPERS);
		};
	}

	@Bean
	RuleTimers ruleTimers(Rules rules, ScheduledRuns runs, FiringLog firings, Instance instance,
			List<ForeignSchedule> others) {
		return new RuleTimers(rules, runs, firings, instance, others);
	}

	@Bean
	DueRuns dueRuns(Rules rules, RunEngine engine, DueRowsReader due, RunHistory history, Approvals approvals) {
		return new DueRuns(rules, engine, due, history, approvals);
	}

	/** As observers want to know them; nobody asks for a single one. */
	@Bean
	List<TaskSchedule> taskSchedules(RuleTimers timers) {
		return timers.schedules();
	}

	@Bean
	Schedules schedules(Rules rules, List<TaskSchedule> schedules) {
		return new Schedules(rules, schedules);
	}

}
