package com.delula.retention.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.delula.retention.pgcron.PgCron;
import com.delula.retention.pgcron.PgCronJob;
import com.delula.retention.policy.edit.PolicyException;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import org.springframework.http.HttpStatus;

/** Looks after the backlog cleanup's schedule inside the database. */
@Command(name = "pg-cron", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
		description = { "Schedule the backlog cleanup inside the database.",
				"The pg_cron extension runs it daily at 02:00 UTC. While that job is active,",
				"the service does not schedule the backlog cleanup itself." },
		subcommands = { PgCronCommand.Install.class, PgCronCommand.Status.class, PgCronCommand.Remove.class })
final class PgCronCommand implements CliCommand {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public int run(Session session) {
		throw new ParameterException(this.spec.commandLine(),
				"Missing subcommand. Valid subcommands: install, status, remove.");
	}

	/** Schedules the job. */
	@Command(name = "install", mixinStandardHelpOptions = true,
			description = "Schedule the backlog cleanup in the database, or repair its job.")
	static final class Install implements CliCommand {

		@Option(names = OtherSettings.OPTION, description = OtherSettings.DESCRIPTION)
		private boolean ownSettings;

		@Override
		public int run(Session session) {
			Rule rule = session.bean(Rules.class).find(PgCron.RULE).orElseThrow();
			String otherSettings = this.ownSettings ? null : OtherSettings.of(session, rule);
			if (otherSettings != null) {
				return new Refusal(ExitCode.REFUSED, HttpStatus.CONFLICT,
						otherSettings + PolicyException.NOTHING_CHANGED)
					.tell(session, false);
			}
			PgCronJob job = session.bean(PgCron.class).install();
			session.terminal()
				.out()
				.println("The job " + PgCron.JOB + " runs " + job.command() + " in " + job.database() + " as "
						+ job.username() + " at '" + job.schedule() + "' UTC, next " + session.bean(PgCron.class).next()
						+ ". The service no longer schedules the backlog cleanup itself.");
			return ExitCode.DONE;
		}

	}

	/** Ends the schedule. */
	@Command(name = "remove", mixinStandardHelpOptions = true, description = "Remove the job of the backlog cleanup.")
	static final class Remove implements CliCommand {

		@Override
		public int run(Session session) {
			boolean removed = session.bean(PgCron.class).remove();
			session.terminal()
				.out()
				.println(removed
						? "The job " + PgCron.JOB
								+ " is removed. The service schedules the backlog cleanup itself again."
						: "There is no job " + PgCron.JOB + ".");
			return ExitCode.DONE;
		}

	}

	/** Shows the job and its last runs. */
	@Command(name = "status", mixinStandardHelpOptions = true, description = "Show the job and its last runs.")
	static final class Status implements CliCommand {

		@Option(names = "--json", description = "Answer in JSON.")
		private boolean json;

		@Override
		public int run(Session session) {
			PgCron cron = session.bean(PgCron.class);
			Optional<PgCronJob> job = cron.job();
			if (this.json) {
				session.json(body(cron, job));
				return ExitCode.DONE;
			}
			job.ifPresentOrElse((found) -> show(session, cron, found),
					() -> session.terminal()
						.out()
						.println("There is no job " + PgCron.JOB + ". Run 'pg-cron install' to schedule it."));
			return ExitCode.DONE;
		}

		private static Map<String, @Nullable Object> body(PgCron cron, Optional<PgCronJob> job) {
			Map<String, @Nullable Object> body = new LinkedHashMap<>();
			body.put("success", true);
			body.put("installed", job.isPresent());
			body.put("active", job.filter(PgCronJob::active).isPresent());
			body.put("nextRun", job.filter(PgCronJob::active).map((found) -> cron.next()).orElse(null));
			body.put("job", job.orElse(null));
			return body;
		}

		private static void show(Session session, PgCron cron, PgCronJob job) {
			new Table("job", PgCron.JOB).row("active", job.active() ? "yes" : "no; run 'pg-cron install' to turn it on")
				.row("schedule", job.schedule() + " UTC")
				.row("next run", job.active() ? cron.next() : null)
				.row("command", job.command())
				.row("database", job.database())
				.row("as", job.username())
				.print(session.terminal());
			runs(session, job.runs());
		}

		private static void runs(Session session, List<PgCronJob.JobRun> runs) {
			session.terminal().out().println();
			if (runs.isEmpty()) {
				session.terminal().out().println("It has not run yet.");
				return;
			}
			Table table = new Table("STARTED", "ENDED", "STATUS", "ANSWER");
			runs.forEach((run) -> table.row(run.startedAt(), run.endedAt(), run.status(),
					(run.message() != null) ? run.message().strip() : null));
			table.print(session.terminal());
		}

		@Override
		public boolean json() {
			return this.json;
		}

	}

}
