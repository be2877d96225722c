package com.delula.retention.schedule;

import java.time.Instant;
import java.util.Optional;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.backlog.BacklogOptions;
import com.delula.retention.run.Firing;
import com.delula.retention.run.Mode;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Runs the backlog cleanup at its times, unless something outside of the service does.
 */
class BacklogTrigger {

	private static final Logger log = LoggerFactory.getLogger(BacklogTrigger.class);

	private final ScheduledRuns runs;

	private final YieldingSchedule schedule;

	BacklogTrigger(ScheduledRuns runs, YieldingSchedule schedule) {
		this.runs = runs;
		this.schedule = schedule;
	}

	@Scheduled(cron = "#{@schedules.backlogCron()}", zone = "UTC")
	void run() {
		Instant slot = this.schedule.slot().fired();
		Optional<TaskSchedule> other = this.schedule.other();
		if (other.isPresent()) {
			log.info("The schedule of {} stands aside: {}", BacklogCleanup.NAME, other.get().text());
			return;
		}
		this.runs.fire(
				BacklogCleanup.request(Mode.REGULAR, Trigger.SCHEDULE, Schedules.ACTOR, false, BacklogOptions.NONE),
				Firing.at(slot));
	}

}
