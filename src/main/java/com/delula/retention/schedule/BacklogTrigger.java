package com.delula.retention.schedule;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.backlog.BacklogOptions;
import com.delula.retention.run.Firing;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Trigger;

import org.springframework.scheduling.annotation.Scheduled;

/** Runs the backlog cleanup at its times. */
class BacklogTrigger {

	private final ScheduledRuns runs;

	private final CronSchedule schedule;

	BacklogTrigger(ScheduledRuns runs, CronSchedule schedule) {
		this.runs = runs;
		this.schedule = schedule;
	}

	@Scheduled(cron = "#{@schedules.backlogCron()}", zone = "UTC")
	void run() {
		this.runs.fire(
				BacklogCleanup.request(Mode.REGULAR, Trigger.SCHEDULE, Schedules.ACTOR, false, BacklogOptions.NONE),
				Firing.at(this.schedule.slot().fired()));
	}

}
