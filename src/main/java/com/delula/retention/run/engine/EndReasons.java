package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.Optional;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunAction;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import com.delula.retention.validation.Setting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says why a run did not end well. */
final class EndReasons {

	private static final Logger log = LoggerFactory.getLogger(EndReasons.class);

	private final Run run;

	private final RunProperties properties;

	private volatile boolean stopping;

	EndReasons(Run run, RunProperties properties) {
		this.run = run;
		this.properties = properties;
	}

	/** The instance is being stopped, and the run with it. */
	void stopping() {
		this.stopping = true;
	}

	/**
	 * Why a run was stopped.
	 * @param last the run as it is recorded now; empty if that cannot be read
	 */
	String of(RunStatus status, Optional<Run> last) {
		return switch (status) {
			case CANCELLED -> "Cancelled by " + canceller(last);
			case TIMED_OUT -> "Reached retention.run.max-duration (" + Setting.text(this.properties.maxDuration())
					+ "); the next run goes on from here";
			case REFUSED ->
				"More rows became due during the run than it may remove; what it removed until then is counted";
			default -> interrupted();
		};
	}

	private static String canceller(Optional<Run> last) {
		return last.stream()
			.flatMap((run) -> run.laterActions().stream())
			.filter((action) -> action.action().equals(RunAction.CANCELLED))
			.map(RunAction::by)
			.findFirst()
			.orElse("an operator");
	}

	private String interrupted() {
		if (!this.stopping) {
			return "The instance was stopped or lost its lock";
		}
		return (this.run.trigger() == Trigger.CLI) ? "Stopped by " + this.run.actor() + " at the command line"
				: "The instance was stopped";
	}

	/** Why a run failed, for whoever reads the history; the log gets the details. */
	String explain(RuntimeException ex) {
		report(ex);
		if (ex instanceof InstallationIncompleteException) {
			return String.valueOf(ex.getMessage());
		}
		Duration patience = this.properties.retryFor();
		if (SqlFault.isReadOnly(ex)) {
			return "The database was read-only for " + Setting.text(patience);
		}
		return switch (SqlFault.of(ex)) {
			case UNREACHABLE -> "The database could not be reached for " + Setting.text(patience);
			case CONTENTION -> "Locks or timeouts stood in the way for " + Setting.text(patience);
			case REFERENCED, OTHER -> unexpected(ex);
		};
	}

	private static String unexpected(RuntimeException ex) {
		String message = SqlFault.message(ex);
		return (message != null) ? "The database answered: " + message + " (error code " + SqlFault.state(ex) + ")"
				: "An unexpected error; the log of the instance has the details";
	}

	/** Where the database said it all, a stack trace adds nothing. */
	private void report(RuntimeException ex) {
		if (SqlFault.of(ex) == SqlFault.UNREACHABLE || SqlFault.of(ex) == SqlFault.CONTENTION) {
			log.error("Run {} failed: {}", this.run.id(), SqlFault.reason(ex));
			return;
		}
		log.error("Run {} failed", this.run.id(), ex);
	}

}
