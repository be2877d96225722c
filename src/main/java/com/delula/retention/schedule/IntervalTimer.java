package com.delula.retention.schedule;

import java.time.Duration;
import java.util.Optional;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.history.FiringLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * Runs a rule after the start and then every so often, unless something outside of the
 * service does.
 */
final class IntervalTimer implements RuleTimer {

	private static final Logger log = LoggerFactory.getLogger(IntervalTimer.class);

	/**
	 * How often to look whether the time has come, because it depends on when the last
	 * firing was claimed, here or elsewhere.
	 */
	private static final Duration LOOK = Duration.ofSeconds(1);

	private final ScheduledRuns runs;

	private final FiringLog firings;

	private final IntervalSchedule own;

	private final YieldingSchedule schedule;

	private final Duration initialDelay;

	private final RunRequest request;

	IntervalTimer(ScheduledRuns runs, FiringLog firings, IntervalSchedule own, YieldingSchedule schedule,
			Duration initialDelay, RunRequest request) {
		this.runs = runs;
		this.firings = firings;
		this.own = own;
		this.schedule = schedule;
		this.initialDelay = initialDelay;
		this.request = request;
	}

	@Override
	public YieldingSchedule schedule() {
		return this.schedule;
	}

	@Override
	public void register(ScheduledTaskRegistrar registrar) {
		Duration interval = this.own.interval();
		Duration look = (interval.compareTo(LOOK) < 0) ? interval : LOOK;
		registrar.addFixedDelayTask(new FixedDelayTask(this::run, look, this.initialDelay));
	}

	private void run() {
		if (!this.own.isDue()) {
			return;
		}
		Optional<TaskSchedule> other = this.schedule.other();
		if (other.isPresent()) {
			this.own.fired();
			log.info("The schedule of {} is inactive: {}", this.own.task(), other.get().text());
			return;
		}
		boolean here = this.runs.fire(this.request, this.own.fired());
		try {
			this.own.follow(here, this.firings.last(this.own.task()));
		}
		catch (RuntimeException ex) {
			log.debug("The last firing of {} is not known: {}", this.own.task(), SqlFault.reason(ex));
		}
	}

}
