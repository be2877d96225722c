package com.delula.retention.schedule;

import java.util.List;

import com.delula.retention.database.Instance;
import com.delula.retention.database.SqlFault;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.history.FiringLog;
import jakarta.annotation.PostConstruct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks after the run history, and says that this instance is up. */
class Housekeeping {

	private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

	private static final String OFF = "off";

	private final RunEngine engine;

	private final Instance instance;

	private final FiringLog firings;

	private final List<TaskSchedule> schedules;

	/** Writes whatever the role's defaults are. */
	private final TransactionTemplate transaction;

	Housekeeping(RunEngine engine, Instance instance, FiringLog firings, List<TaskSchedule> schedules,
			TransactionTemplate transaction) {
		this.transaction = transaction;
		this.engine = engine;
		this.instance = instance;
		this.firings = firings;
		this.schedules = schedules;
	}

	/** Before the first schedule fires. */
	@PostConstruct
	void register() {
		this.instance.beat();
		this.transaction.executeWithoutResult(
				(tx) -> this.engine.tasks().forEach((task) -> this.firings.follow(task, schedule(task))));
	}

	private String schedule(String task) {
		return this.schedules.stream()
			.filter((schedule) -> schedule.task().equals(task))
			.findFirst()
			.map((schedule) -> (schedule instanceof YieldingSchedule yielding) ? yielding.own() : schedule)
			.map(TaskSchedule::text)
			.orElse(OFF);
	}

	/** Five times before it counts as dead. */
	@Scheduled(initialDelayString = "PT3S", fixedDelayString = "PT3S")
	void beat() {
		attempt("Could not say that this instance is up", this.instance::beat);
	}

	/**
	 * Closes the runs of dead instances. Together with the longest lease, one minute,
	 * this stays well inside the two minutes that the contract allows.
	 */
	@Scheduled(initialDelayString = "PT5S", fixedDelayString = "PT10S")
	void recover() {
		attempt("Runs of dead instances could not be looked for", this.engine::recover);
	}

	@Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
	void forget() {
		attempt("Old runs could not be forgotten", this.engine::forget);
		attempt("Instances that died could not be forgotten", this.instance::prune);
	}

	private static void attempt(String failure, Runnable work) {
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				log.debug("{}: the database is away", failure);
				return;
			}
			log.warn("{}. Retrying", failure, ex);
		}
	}

}
