package com.delula.retention.schedule;

import com.delula.retention.jobs.JobPurge;
import com.delula.retention.run.FiringLog;
import com.delula.retention.run.SqlFault;
import com.delula.retention.run.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/** Runs the job purge after the start and then every so often. */
class PurgeIntervalTrigger {

	private static final Logger log = LoggerFactory.getLogger(PurgeIntervalTrigger.class);

	private final ScheduledRuns runs;

	private final FiringLog firings;

	private final IntervalSchedule schedule;

	PurgeIntervalTrigger(ScheduledRuns runs, FiringLog firings, IntervalSchedule schedule) {
		this.runs = runs;
		this.firings = firings;
		this.schedule = schedule;
	}

	/**
	 * Looks often whether the time has come, because it depends on when the last firing
	 * was claimed, here or elsewhere.
	 */
	@Scheduled(initialDelayString = "#{@schedules.purgeInitialDelay()}", fixedDelayString = "#{@schedules.purgeLook()}")
	void run() {
		if (!this.schedule.isDue()) {
			return;
		}
		boolean here = this.runs.fire(JobPurge.request(Trigger.SCHEDULE, Schedules.ACTOR, false, null),
				this.schedule.fired());
		try {
			this.schedule.follow(here, this.firings.last(JobPurge.NAME));
		}
		catch (RuntimeException ex) {
			log.debug("The last firing of {} is not known: {}", JobPurge.NAME, SqlFault.reason(ex));
		}
	}

}
