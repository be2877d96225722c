package com.delula.retention.cli;

import java.util.UUID;

import com.delula.retention.answer.Problem;
import com.delula.retention.answer.RunCounts;
import com.delula.retention.answer.RunProblem;
import com.delula.retention.cli.Session.StartFailedException;
import com.delula.retention.database.SqlFault;
import com.delula.retention.pgcron.PgCronException;
import com.delula.retention.policy.edit.PolicyException;
import com.delula.retention.run.AlreadyRunningException;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.NotRestorableException;
import com.delula.retention.run.engine.RunUnrecordedException;
import com.delula.retention.run.engine.StoppingException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Why a command did not do what was asked, for a person and, in JSON, as the API answers
 * it.
 *
 * @param code one of {@link ExitCode}
 * @param status the status that HTTP has for it
 * @param why the reason, in sentences
 * @param run the run that it is about; null if it is about none
 * @param counts what that run had counted; null where that is not told
 */
record Refusal(int code, HttpStatus status, String why, @Nullable UUID run, @Nullable RunCounts counts) {

	/** One that is about no run. */
	Refusal(int code, HttpStatus status, String why) {
		this(code, status, why, null, null);
	}

	/** A run that failed or was refused. */
	static Refusal of(int code, RunProblem problem) {
		return new Refusal(code, problem.status(), problem.detail(), problem.runId(), problem.counts());
	}

	/** What an exception says; null for one that nobody expects. */
	static @Nullable Refusal of(RuntimeException ex) {
		String why = String.valueOf(ex.getMessage());
		if (ex instanceof PolicyException policy) {
			return of(policy);
		}
		if (ex instanceof AlreadyRunningException running) {
			return new Refusal(ExitCode.BUSY, HttpStatus.CONFLICT,
					why + ". Wait for it to end, or cancel it. Nothing was done.", running.runId(), null);
		}
		if (ex instanceof InstallationIncompleteException || ex instanceof PgCronException) {
			return new Refusal(ExitCode.FAILED, HttpStatus.UNPROCESSABLE_CONTENT, why);
		}
		if (ex instanceof RunUnrecordedException unrecorded) {
			return new Refusal(ExitCode.FAILED, HttpStatus.SERVICE_UNAVAILABLE, why, unrecorded.run().id(), null);
		}
		if (ex instanceof NotRestorableException) {
			return new Refusal(ExitCode.REFUSED, HttpStatus.CONFLICT, why);
		}
		if (ex instanceof StoppingException) {
			return new Refusal(ExitCode.INTERRUPTED, HttpStatus.SERVICE_UNAVAILABLE,
					"Stopped before the run began. Nothing was done.");
		}
		return ofDatabase(ex);
	}

	private static Refusal of(PolicyException ex) {
		String why = ex.getMessage() + PolicyException.NOTHING_CHANGED;
		return switch (ex.kind()) {
			case INVALID -> new Refusal(ExitCode.USAGE, HttpStatus.BAD_REQUEST, why);
			case MISSING -> new Refusal(ExitCode.REFUSED, HttpStatus.NOT_FOUND, why);
			case CONFLICT -> new Refusal(ExitCode.REFUSED, HttpStatus.CONFLICT, why);
		};
	}

	private static @Nullable Refusal ofDatabase(RuntimeException ex) {
		if (SqlFault.isReadOnly(ex)) {
			return away("The database is read-only: " + SqlFault.reason(ex));
		}
		return switch (SqlFault.of(ex)) {
			case UNREACHABLE -> away("The database cannot be reached.");
			case CONTENTION -> away("The database did not answer in time: " + SqlFault.reason(ex));
			case REFERENCED, OTHER -> null;
		};
	}

	private static Refusal away(String why) {
		return new Refusal(ExitCode.FAILED, HttpStatus.SERVICE_UNAVAILABLE, why);
	}

	/** The service's parts do not start; the log has said why. */
	static Refusal notStarted(StartFailedException ex) {
		Refusal database = ofDatabase(ex);
		return (database != null) ? database : new Refusal(ExitCode.FAILED, HttpStatus.UNPROCESSABLE_CONTENT,
				"The command cannot start with these settings, or on this database. Standard error has the reason.");
	}

	/** A fault of the program's own, which the log has told. */
	static Refusal unexpected() {
		return new Refusal(ExitCode.FAILED, HttpStatus.INTERNAL_SERVER_ERROR,
				"An unexpected error. Standard error has the details.");
	}

	/** The same as the API answers it. */
	Problem problem() {
		return Problem.of(this.status, this.why, this.run, this.counts);
	}

	/**
	 * Tells it.
	 * @return the exit code
	 */
	int tell(Session session, boolean json) {
		tellJson(session, json);
		session.terminal().err().println(this.why);
		return this.code;
	}

	/**
	 * Tells it in JSON alone, where a person has been told.
	 * @return the exit code
	 */
	int tellJson(Session session, boolean json) {
		if (json) {
			session.json(problem());
		}
		return this.code;
	}

}
