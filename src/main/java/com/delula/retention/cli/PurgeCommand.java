package com.delula.retention.cli;

import java.util.Map;

import com.delula.retention.answer.PurgeAnswers;
import com.delula.retention.jobs.JobPurge;
import com.delula.retention.jobs.PurgeProperties;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a job purge. */
@Command(name = "purge", mixinStandardHelpOptions = true, description = "Remove old finished jobs and upscale jobs.")
final class PurgeCommand implements CliCommand {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Option(names = "--hours", paramLabel = "N", description = "The age for this run only, 0 to 87600.")
	private @Nullable String hours;

	@Option(names = "--dry-run", description = "Only count what would go.")
	private boolean dryRun;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		Integer age = Checks.number(this.spec, "--hours", this.hours, 0, PurgeProperties.MAX_HOURS);
		PurgeAnswers answers = session.bean(PurgeAnswers.class);
		return new Runner(session, this.json).run(JobPurge.request(Trigger.CLI, Runner.actor(), this.dryRun, age),
				"Purge", (outcome) -> answers.counts(outcome, age), (body) -> show(session, body));
	}

	private void show(Session session, Map<String, @Nullable Object> body) {
		String verb = this.dryRun ? "would be removed" : "removed";
		new Table("run", String.valueOf(body.get("runId"))).row("jobs " + verb, body.get("jobsDeleted"))
			.row("upscale jobs " + verb, body.get("upscaleJobsDeleted"))
			.row("jobs kept, referred to", body.get("jobsKeptReferenced"))
			.row("age in hours", body.get("maxAgeHours"))
			.row("cutoff", body.get("cutoff"))
			.print(session.terminal().out());
	}

	@Override
	public boolean json() {
		return this.json;
	}

	@Override
	public boolean removes() {
		return !this.dryRun;
	}

}
