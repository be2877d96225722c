package com.delula.retention.schedule;

import java.util.Optional;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.run.TaskSchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Runs the backlog cleanup at its times, unless something outside of the service does.
 */
class BacklogTrigger {

	private static final Logger log = LoggerFactory.getLogger(BacklogTrigger.class);

	private final CronFirings firings;

	private final YieldingSchedule schedule;

	BacklogTrigger(CronFirings firings, YieldingSchedule schedule) {
		this.firings = firings;
		this.schedule = schedule;
	}

	@Scheduled(cron = "#{@schedules.backlogCron()}", zone = "UTC")
	void run() {
		Optional<TaskSchedule> other = this.schedule.other();
		if (other.isPresent()) {
			this.schedule.own().slot().fired();
			log.info("The schedule of {} stands aside: {}", BacklogCleanup.NAME, other.get().text());
			return;
		}
		this.firings.fire();
	}

	@Scheduled(initialDelayString = Schedules.FIRST_LOOK, fixedDelayString = Schedules.LOOK)
	void makeUp() {
		if (this.schedule.other().isEmpty()) {
			this.firings.makeUp();
		}
	}

}
