package com.delula.retention.schedule;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

import com.delula.retention.backlog.BacklogProperties;
import com.delula.retention.jobs.PurgeProperties;
import com.delula.retention.run.Setting;
import com.delula.retention.run.TaskSchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

/** What the {@code @Scheduled} lines say, and what the log says of them at the start. */
class Schedules {

	/** Who asks, when nobody does. */
	static final String ACTOR = "scheduler";

	static final String NEVER = "-";

	/** When a firing that was missed is first looked for, and how often then. */
	static final String FIRST_LOOK = "PT1S";

	static final String LOOK = "PT1M";

	/** How often an interval looks whether its time has come. */
	private static final Duration INTERVAL_LOOK = Duration.ofSeconds(1);

	private static final Logger log = LoggerFactory.getLogger(Schedules.class);

	private final BacklogProperties backlog;

	private final PurgeProperties purge;

	private final List<TaskSchedule> schedules;

	Schedules(BacklogProperties backlog, PurgeProperties purge, List<TaskSchedule> schedules) {
		this.backlog = backlog;
		this.purge = purge;
		this.schedules = schedules;
	}

	public String backlogCron() {
		return this.backlog.cron();
	}

	public String purgeCron() {
		return (this.purge.cron() != null) ? this.purge.cron() : NEVER;
	}

	public Duration purgeInitialDelay() {
		return this.purge.initialDelay();
	}

	public Duration purgeLook() {
		Duration interval = this.purge.interval();
		return (interval.compareTo(INTERVAL_LOOK) < 0) ? interval : INTERVAL_LOOK;
	}

	@EventListener(ApplicationReadyEvent.class)
	@Order(0)
	void announce() {
		announce("backlog-cleanup", "keeps the " + this.backlog.keepPerRecipe()
				+ " newest failures per recipe and those younger than " + Setting.text(this.backlog.maxAge()));
		announce("job-purge", "keeps finished jobs for " + Setting.text(this.purge.maxAge()));
	}

	private void announce(String task, String retention) {
		this.schedules.stream()
			.filter((schedule) -> schedule.task().equals(task))
			.findFirst()
			.ifPresentOrElse(
					(schedule) -> log.info("Schedule of {}: {}, next run {}; {}", task, schedule.text(),
							schedule.next().truncatedTo(ChronoUnit.SECONDS), retention),
					() -> log.info("Schedule of {}: off, next run none; {}", task, retention));
	}

}
