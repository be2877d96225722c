package com.delula.retention.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.delula.retention.answer.HistoryFilter;
import com.delula.retention.answer.RunJson;
import com.delula.retention.answer.RunPageJson;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.history.RunHistory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import org.springframework.data.domain.Page;

/** Lists the run history, or tells all of one run. */
@Command(name = "runs", mixinStandardHelpOptions = true,
		description = "List runs, newest first, or show all that is known of one run.")
final class RunsCommand implements CliCommand {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(arity = "0..1", paramLabel = "RUN",
			description = "Only this run: its id, or its first digits, at least 4.")
	private @Nullable String run;

	@Option(names = "--task", paramLabel = "RULE", description = "Only runs of this rule; 'rules' lists them.")
	private @Nullable String task;

	@Option(names = "--status", paramLabel = "STATUS", description = "Only runs in this status, such as failed.")
	private @Nullable String status;

	@Option(names = "--mode", paramLabel = "MODE", description = "Only regular, emergency or restore runs.")
	private @Nullable String mode;

	@Option(names = "--page", paramLabel = "N", description = "Which page, from 0.")
	private @Nullable String page;

	@Option(names = "--size", paramLabel = "N", description = "Runs on a page, 1 to 200; 20 if not given.")
	private @Nullable String size;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Mixin
	private Watch watch = new Watch();

	@Override
	public int run(Session session) {
		if (this.run != null) {
			return one(session, this.run);
		}
		List<String> rules = (this.task != null) ? session.description().names() : List.of();
		HistoryFilter filter = HistoryFilter.of(this.task, this.status, this.mode,
				(this.page != null) ? this.page : "0", (this.size != null) ? this.size : "20", rules);
		RunHistory history = session.bean(RunHistory.class);
		return this.watch.show(session, () -> show(session,
				history.find(filter.task(), filter.status(), filter.mode(), filter.page(), filter.size())));
	}

	private int one(Session session, String given) {
		if (Stream.of(this.task, this.status, this.mode, this.page, this.size).anyMatch(Objects::nonNull)) {
			throw new ParameterException(this.spec.commandLine(),
					"--task, --status, --mode, --page and --size list runs. Give either them or RUN.");
		}
		UUID id = GivenRun.find(this.spec, session, given).id();
		return this.watch.show(session, () -> show(session, GivenRun.find(this.spec, session, id.toString())));
	}

	private void show(Session session, Run only) {
		if (this.json) {
			session.json(RunJson.of(only));
			return;
		}
		PrintWriter out = session.terminal().out();
		RunFacts.of(only, session.bean(Rules.class).find(only.task()).orElse(null)).print(session.terminal());
		if (only.error() != null) {
			out.println("error: " + Terminal.plain(only.error()));
		}
		if (only.note() != null) {
			out.println("note: " + only.note());
		}
	}

	private void show(Session session, Page<Run> runs) {
		if (this.json) {
			session.json(RunPageJson.of(runs));
			return;
		}
		Table table = new Table("STARTED", "TASK", "STATUS", "REMOVED", "STILL REFERENCED", "STARTED BY", "RUN",
				"ACTIONS");
		runs.forEach((run) -> table.row(run.startedAt(), task(run), RunFacts.status(run),
				run.dryRun() ? null : run.rowsRemoved(), run.rowsKeptReferenced(), by(run), run.id(), actions(run)));
		table.print(session.terminal());
		session.terminal().out().println(runs.getNumberOfElements() + " of " + runs.getTotalElements());
	}

	private static String task(Run run) {
		return (run.mode() == Mode.REGULAR) ? run.task() : run.task() + " (" + run.mode().label() + ")";
	}

	/** What the schedule starts has no person to name. */
	private static String by(Run run) {
		return (run.trigger() == Trigger.SCHEDULE) ? run.actor() : RunFacts.by(run);
	}

	/** What was done to it after the start; null if nothing. */
	private static @Nullable String actions(Run run) {
		String actions = run.laterActions()
			.stream()
			.map((action) -> action.what() + " by " + action.by())
			.collect(Collectors.joining(", "));
		return actions.isEmpty() ? null : actions;
	}

	@Override
	public boolean startsPartly() {
		return true;
	}

	@Override
	public boolean json() {
		return this.json;
	}

}
