package com.delula.retention.schedule;

import com.delula.retention.jobs.JobPurge;
import com.delula.retention.run.Firing;
import com.delula.retention.run.Trigger;

import org.springframework.scheduling.annotation.Scheduled;

/** Runs the job purge at the times of a cron expression. */
class PurgeCronTrigger {

	private final ScheduledRuns runs;

	private final CronSchedule schedule;

	PurgeCronTrigger(ScheduledRuns runs, CronSchedule schedule) {
		this.runs = runs;
		this.schedule = schedule;
	}

	@Scheduled(cron = "#{@schedules.purgeCron()}", zone = "UTC")
	void run() {
		this.runs.fire(JobPurge.request(Trigger.SCHEDULE, Schedules.ACTOR, false, null),
				Firing.at(this.schedule.slot().fired()));
	}

}
