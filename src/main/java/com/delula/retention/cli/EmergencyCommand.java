package com.delula.retention.cli;

import java.util.Map;

import com.delula.retention.answer.BacklogAnswers;
import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.backlog.BacklogOptions;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs an emergency cleanup, once the number of rows that would go has been typed. */
@Command(name = "emergency", mixinStandardHelpOptions = true,
		description = "Remove ALL failed generations of the backlog user, whatever their age.")
final class EmergencyCommand implements CliCommand {

	private static final String WHAT = "Emergency backlog cleanup";

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Mixin
	private BacklogNarrowing narrowing = new BacklogNarrowing();

	@Option(names = "--dry-run", description = "Only count what would go.")
	private boolean dryRun;

	@Option(names = { "-y", "--yes" }, description = "Do not ask; needed where there is no terminal.")
	private boolean yes;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		this.narrowing.check(this.spec);
		boolean ask = !this.dryRun && !this.yes;
		if (ask && !session.terminal().interactive()) {
			throw new ParameterException(this.spec.commandLine(),
					"There is no terminal to ask on; say --yes to remove all failures, or --dry-run to count them");
		}
		BacklogOptions options = this.narrowing.read(this.spec, session);
		if (ask && !confirmed(session, options)) {
			return ExitCode.FAILED;
		}
		return new Runner(session, this.json).run(request(options, this.dryRun), WHAT,
				session.bean(BacklogAnswers.class)::emergency, (body) -> show(session, body));
	}

	private static RunRequest request(BacklogOptions options, boolean dryRun) {
		return BacklogCleanup.request(Mode.EMERGENCY, Trigger.CLI, Runner.actor(), dryRun, options);
	}

	/** Shows what would go and has the number typed. */
	private boolean confirmed(Session session, BacklogOptions options) {
		RunOutcome counted = new Runner(session, false).carryOut(request(options, true));
		if (counted.run().status() != RunStatus.SUCCEEDED) {
			session.terminal().err().println("The rows could not be counted. Nothing was removed.");
			return false;
		}
		session.setRunning(false);
		Map<String, @Nullable Object> body = session.bean(BacklogAnswers.class).emergency(counted);
		String rows = String.valueOf(body.get("removedCount"));
		String typed = session.terminal()
			.ask("This removes " + rows + " failed generations of " + body.get("recipesAffected")
					+ " recipes, whatever their age.\nType that number to go on: ");
		if (typed != null && typed.strip().equals(rows)) {
			return true;
		}
		session.terminal().err().println("That is not the number. Nothing was removed.");
		return false;
	}

	private void show(Session session, Map<String, @Nullable Object> body) {
		new Table("run", String.valueOf(body.get("runId")))
			.row(this.dryRun ? "would be removed" : "removed", body.get("removedCount"))
			.row("recipes affected", body.get("recipesAffected"))
			.row("kept, referred to", body.get("rowsKeptReferenced"))
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
