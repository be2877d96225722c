package com.delula.retention.run.engine;

import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import com.delula.retention.run.Caller;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Steering;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells runs what is wanted of them, wherever they are carried out: through the database,
 * and at once if it is here.
 */
final class RunSteering {

	private static final Logger log = LoggerFactory.getLogger(RunSteering.class);

	private final EngineParts parts;

	private final Map<UUID, RunExecution> active;

	RunSteering(EngineParts parts, Map<UUID, RunExecution> active) {
		this.parts = parts;
		this.active = active;
	}

	/**
	 * Asks a run to end after its batch.
	 * @return whether it was still running
	 */
	boolean cancel(UUID id, Caller by) {
		try {
			return done(() -> this.parts.runLog().cancel(id, by));
		}
		finally {
			// Only now: a run that is told first may have ended before it can be asked.
			RunExecution here = this.active.get(id);
			if (here != null) {
				here.stop().give(RunStatus.CANCELLED);
			}
		}
	}

	/**
	 * Pauses or resumes a run, or changes its pace.
	 * @return whether it was still running
	 */
	boolean steer(UUID id, Steering wish, Caller by) {
		boolean open = done(() -> this.parts.wishes().steer(id, wish, by));
		if (open) {
			log.info("Run {}: {}, by {}", id, wish, by.actor());
		}
		RunExecution here = this.active.get(id);
		if (here != null) {
			here.lookAgain();
		}
		return open;
	}

	/** Asked on another instance, and not yet seen by a batch. */
	void heedCancel(RunExecution execution) {
		if (this.parts.runLog().isCancelRequested(execution.ticket().run().id())) {
			execution.stop().give(RunStatus.CANCELLED);
		}
	}

	private boolean done(BooleanSupplier work) {
		return Boolean.TRUE.equals(this.parts.transaction().execute((tx) -> work.getAsBoolean()));
	}

}
