package com.delula.retention.cli;

import com.delula.retention.jobs.PurgeAnswers;
import com.delula.retention.jobs.PurgeCounts;
import com.delula.retention.jobs.JobPurge;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.run.Run;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a job purge. */
@Command(name = "purge", mixinStandardHelpOptions = true, description = "Remove old finished jobs and upscale jobs.")
final class PurgeCommand implements CliCommand {

	@Option(names = "--hours", paramLabel = "N", description = "The age for this run only, 0 to 87600.")
	private @Nullable String hours;

	@Option(names = "--dry-run", description = "Only count what would go.")
	private boolean dryRun;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		Integer age = (this.hours != null) ? RuleRequests.HOURS.read(this.hours) : null;
		PurgeAnswers answers = session.bean(PurgeAnswers.class);
		return new Runner(session, this.json).run(JobPurge.request(Trigger.CLI, Runner.actor(), this.dryRun, age),
				"Purge", answers::counts, (run, counts) -> show(session, run, counts));
	}

	private void show(Session session, Run run, PurgeCounts counts) {
		String verb = this.dryRun ? "would be removed" : "removed";
		new Table("run", run.id().toString()).row("jobs " + verb, counts.jobsDeleted())
			.row("upscale jobs " + verb, counts.upscaleJobsDeleted())
			.row("jobs kept, referred to", counts.jobsKeptReferenced())
			.row("age in hours", counts.maxAgeHours())
			.row("cutoff", counts.cutoff())
			.print(session.terminal().out());
	}

	@Override
	public boolean json() {
		return this.json;
	}

	@Override
	public boolean deletes() {
		return true;
	}

	@Override
	public boolean removes() {
		return !this.dryRun;
	}

}
