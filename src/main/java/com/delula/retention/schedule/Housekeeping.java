package com.delula.retention.schedule;

import com.delula.retention.run.RunEngine;
import com.delula.retention.run.SqlFault;
import jakarta.annotation.PostConstruct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/** Looks after the run history. */
class Housekeeping {

	private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

	private final RunEngine engine;

	Housekeeping(RunEngine engine) {
		this.engine = engine;
	}

	/** Before the first schedule fires. */
	@PostConstruct
	void register() {
		this.engine.register();
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
			log.warn("{}; this is tried again", failure, ex);
		}
	}

}
