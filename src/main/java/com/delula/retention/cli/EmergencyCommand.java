package com.delula.retention.cli;

import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;

import com.delula.retention.backlog.BacklogAnswers;
import com.delula.retention.backlog.EmergencyCounts;
import com.delula.retention.option.OptionType;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
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

	private static final String QUESTION = """
			This removes %,d failed generations of %,d recipes, whatever their age.
			Type that number to go on:\s""";

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
		this.narrowing.check();
		boolean ask = !this.dryRun && !this.yes;
		if (ask && !session.terminal().interactive()) {
			throw new ParameterException(this.spec.commandLine(),
					"There is no terminal to ask on; say --yes to remove all failures, or --dry-run to count them");
		}
		RunRequest request = this.narrowing.request(session, Mode.EMERGENCY, this.dryRun);
		if (ask && confirmed(session).isEmpty()) {
			return ExitCode.FAILED;
		}
		return new Runner(session, this.json).run(request, WHAT, session.bean(BacklogAnswers.class)::emergency,
				(run, counts) -> show(session, run, counts));
	}

	/** Shows what would go and has the number typed; empty if it was not. */
	private OptionalLong confirmed(Session session) {
		RunOutcome counted = new Runner(session, false).carryOut(this.narrowing.request(session, Mode.EMERGENCY, true));
		if (counted.run().status() != RunStatus.SUCCEEDED) {
			session.terminal().err().println("The rows could not be counted. Nothing was deleted.");
			return OptionalLong.empty();
		}
		session.setRunning(false);
		EmergencyCounts counts = session.bean(BacklogAnswers.class).emergency(counted);
		long removable = Objects.requireNonNull(counts.removedCount());
		String typed = session.terminal()
			.ask(String.format(Locale.ROOT, QUESTION, removable, counts.recipesAffected()));
		if (typed != null && OptionType.rowCount().parse(typed).filter((rows) -> rows == removable).isPresent()) {
			return OptionalLong.of(removable);
		}
		session.terminal().err().println("That is not the number. Nothing was deleted.");
		return OptionalLong.empty();
	}

	private void show(Session session, Run run, EmergencyCounts counts) {
		new Table("run", run.id().toString()).row(this.dryRun ? "would be removed" : "removed", counts.removedCount())
			.row("recipes affected", counts.recipesAffected())
			.row("kept, referred to", counts.rowsKeptReferenced())
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
