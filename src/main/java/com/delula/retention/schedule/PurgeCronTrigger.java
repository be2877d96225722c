package com.delula.retention.schedule;

import org.springframework.scheduling.annotation.Scheduled;

/** Runs the job purge at the times of a cron expression. */
class PurgeCronTrigger {

	private final CronFirings firings;

	PurgeCronTrigger(CronFirings firings) {
		this.firings = firings;
	}

	@Scheduled(cron = "#{@schedules.purgeCron()}", zone = "UTC")
	void run() {
		this.firings.fire();
	}

	@Scheduled(initialDelayString = Schedules.FIRST_LOOK, fixedDelayString = Schedules.LOOK)
	void makeUp() {
		this.firings.makeUp();
	}

}
