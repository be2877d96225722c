package com.delula.retention.schedule;

import java.time.Duration;
import java.util.List;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.backlog.BacklogOptions;
import com.delula.retention.backlog.BacklogProperties;
import com.delula.retention.jobs.JobPurge;
import com.delula.retention.jobs.PurgeProperties;
import com.delula.retention.run.FiringLog;
import com.delula.retention.run.ForeignSchedule;
import com.delula.retention.run.Instance;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunEngine;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.Trigger;

import org.springframework.boot.task.ThreadPoolTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.util.StringUtils;

/** Wires the schedules; one that is turned off is not there. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ScheduleConfiguration {

	private static final Duration PAUSE = Duration.ofSeconds(2);

	@Bean
	ScheduledRuns scheduledRuns(RunEngine engine, RunProperties properties) {
		return new ScheduledRuns(engine, properties.maxDuration().plus(properties.retryFor()), PAUSE);
	}

	@Bean
	Housekeeping housekeeping(RunEngine engine, Instance instance, FiringLog firings, List<TaskSchedule> schedules) {
		return new Housekeeping(engine, instance, firings, schedules);
	}

	/** All instances fire by the one clock that they share. */
	@Bean
	ThreadPoolTaskSchedulerCustomizer databaseTime(Instance instance) {
		return (scheduler) -> scheduler.setClock(instance.clock());
	}

	@Bean
	Schedules schedules(BacklogProperties backlog, PurgeProperties purge, List<TaskSchedule> schedules) {
		return new Schedules(backlog, purge, schedules);
	}

	/** The backlog cleanup by cron. */
	@Configuration(proxyBeanMethods = false)
	@Conditional(BacklogByCron.class)
	static class Backlog {

		@Bean
		YieldingSchedule backlogSchedule(BacklogProperties properties, Instance instance,
				List<ForeignSchedule> others) {
			return new YieldingSchedule(new CronSchedule(BacklogCleanup.NAME, properties.cron(), instance.clock()),
					others);
		}

		@Bean
		BacklogTrigger backlogTrigger(ScheduledRuns runs, FiringLog firings, Instance instance,
				YieldingSchedule backlogSchedule) {
			return new BacklogTrigger(
					new CronFirings(runs, firings, backlogSchedule.own(), instance.clock(), () -> BacklogCleanup
						.request(Mode.REGULAR, Trigger.SCHEDULE, Schedules.ACTOR, false, BacklogOptions.NONE)),
					backlogSchedule);
		}

	}

	/** The job purge by cron. */
	@Configuration(proxyBeanMethods = false)
	@Conditional(PurgeByCron.class)
	static class PurgeCron {

		@Bean
		CronSchedule purgeSchedule(PurgeProperties properties, Instance instance) {
			return new CronSchedule(JobPurge.NAME, String.valueOf(properties.cron()), instance.clock());
		}

		@Bean
		PurgeCronTrigger purgeCronTrigger(ScheduledRuns runs, FiringLog firings, Instance instance,
				CronSchedule purgeSchedule) {
			return new PurgeCronTrigger(new CronFirings(runs, firings, purgeSchedule, instance.clock(),
					() -> JobPurge.request(Trigger.SCHEDULE, Schedules.ACTOR, false, null)));
		}

	}

	/** The job purge by interval, where no cron expression is set. */
	@Configuration(proxyBeanMethods = false)
	@Conditional(PurgeByInterval.class)
	static class PurgeInterval {

		@Bean
		IntervalSchedule purgeSchedule(PurgeProperties properties, Instance instance) {
			return new IntervalSchedule(JobPurge.NAME, properties.initialDelay(), properties.interval(),
					instance.clock());
		}

		@Bean
		PurgeIntervalTrigger purgeIntervalTrigger(ScheduledRuns runs, FiringLog firings,
				IntervalSchedule purgeSchedule) {
			return new PurgeIntervalTrigger(runs, firings, purgeSchedule);
		}

	}

	static final class BacklogByCron implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return !cron(context.getEnvironment(), "retention.backlog.cron").equals(Schedules.NEVER);
		}

	}

	static final class PurgeByCron implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			String cron = cron(context.getEnvironment(), "retention.purge.cron");
			return StringUtils.hasText(cron) && !cron.equals(Schedules.NEVER);
		}

	}

	static final class PurgeByInterval implements Condition {

		@Override
		public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
			return !StringUtils.hasText(cron(context.getEnvironment(), "retention.purge.cron"));
		}

	}

	private static String cron(Environment environment, String property) {
		return environment.getProperty(property, "").trim();
	}

}
