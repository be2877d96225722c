package com.delula.retention.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.history.Firing;
import com.delula.retention.run.history.FiringLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a task at the times of its cron schedule, and makes up for the last of them if no
 * instance was there for it.
 */
final class CronFirings {

	private static final Logger log = LoggerFactory.getLogger(CronFirings.class);

	/**
	 * A timer that comes earlier than that was set before the database's clock was put
	 * back.
	 */
	private static final Duration EARLY = Duration.ofMinutes(1);

	private final ScheduledRuns runs;

	private final FiringLog firings;

	private final CronSchedule schedule;

	private final Clock clock;

	private final RunRequest request;

	/** One that could not begin is tried again at the schedule's next time. */
	private volatile @Nullable Instant tried;

	CronFirings(ScheduledRuns runs, FiringLog firings, CronSchedule schedule, Clock clock, RunRequest request) {
		this.runs = runs;
		this.firings = firings;
		this.schedule = schedule;
		this.clock = clock;
		this.request = request;
	}

	/** Runs the task for the time that has just come. */
	void fire() {
		Instant slot = this.schedule.slot().fired();
		if (slot.isAfter(this.clock.instant().plus(EARLY))) {
			log.debug("The timer of {} came too early for {}", this.schedule.task(), slot);
			return;
		}
		fire(slot);
	}

	/** Runs the task for the last time that has passed, unless that has been done. */
	void makeUp() {
		try {
			missed().ifPresent((slot) -> {
				log.info("The run of {} at {} was missed, because no instance was up; it starts now",
						this.schedule.task(), slot);
				fire(slot);
			});
		}
		catch (RuntimeException ex) {
			log.debug("Could not look for a missed run of {}. Retrying: {}", this.schedule.task(), SqlFault.reason(ex));
		}
	}

	private Optional<Instant> missed() {
		return this.schedule.slot()
			.passed()
			.filter((slot) -> !slot.equals(this.tried))
			.filter((slot) -> this.firings.isMissed(this.schedule.task(), slot));
	}

	private void fire(Instant slot) {
		this.tried = slot;
		this.runs.fire(this.request, Firing.at(slot));
	}

}
