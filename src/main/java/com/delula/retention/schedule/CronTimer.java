package com.delula.retention.schedule;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;

import com.delula.retention.run.TaskSchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.config.CronTask;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.scheduling.support.CronTrigger;

/**
 * Runs a rule at the times of a cron expression, unless something outside of the service
 * does.
 */
final class CronTimer implements RuleTimer {

	private static final Logger log = LoggerFactory.getLogger(CronTimer.class);

	/** When a firing that was missed is first looked for, and how often then. */
	private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

	private static final Duration LOOK = Duration.ofMinutes(1);

	private final CronFirings firings;

	private final CronSchedule own;

	private final YieldingSchedule schedule;

	CronTimer(CronFirings firings, CronSchedule own, YieldingSchedule schedule) {
		this.firings = firings;
		this.own = own;
		this.schedule = schedule;
	}

	@Override
	public YieldingSchedule schedule() {
		return this.schedule;
	}

	@Override
	public void register(ScheduledTaskRegistrar registrar) {
		registrar.addCronTask(new CronTask(this::run, new CronTrigger(this.own.cron(), ZoneOffset.UTC)));
		registrar.addFixedDelayTask(new FixedDelayTask(this::makeUp, LOOK, FIRST_LOOK));
	}

	private void run() {
		Optional<TaskSchedule> other = this.schedule.other();
		if (other.isPresent()) {
			this.own.slot().fired();
			log.info("The schedule of {} is inactive: {}", this.own.task(), other.get().text());
			return;
		}
		this.firings.fire();
	}

	private void makeUp() {
		if (this.schedule.other().isEmpty()) {
			this.firings.makeUp();
		}
	}

}
