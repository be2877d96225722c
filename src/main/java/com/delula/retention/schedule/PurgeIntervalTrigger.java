package com.delula.retention.schedule;

import com.delula.retention.jobs.JobPurge;
import com.delula.retention.run.Trigger;

import org.springframework.scheduling.annotation.Scheduled;

/** Runs the job purge after the start and then every so often. */
class PurgeIntervalTrigger {

	private final ScheduledRuns runs;

	private final IntervalSchedule schedule;

	PurgeIntervalTrigger(ScheduledRuns runs, IntervalSchedule schedule) {
		this.runs = runs;
		this.schedule = schedule;
	}

	@Scheduled(initialDelayString = "#{@schedules.purgeInitialDelay()}",
			fixedRateString = "#{@schedules.purgeInterval()}")
	void run() {
		this.runs.fire(JobPurge.request(Trigger.SCHEDULE, Schedules.ACTOR, false, null), this.schedule.fired());
	}

}
