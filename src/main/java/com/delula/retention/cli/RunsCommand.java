package com.delula.retention.cli;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

import com.delula.retention.answer.HistoryFilter;
import com.delula.retention.answer.RunPageJson;
import com.delula.retention.cli.Tone.Toned;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.history.RunHistory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import org.springframework.data.domain.Page;

/** Lists the run history. */
@Command(name = "runs", mixinStandardHelpOptions = true, description = "List runs, newest first.")
final class RunsCommand implements CliCommand {

	@Option(names = "--task", paramLabel = "RULE", description = "Only runs of this rule; 'rules' lists them.")
	private @Nullable String task;

	@Option(names = "--status", paramLabel = "STATUS", description = "Only runs in this status, such as failed.")
	private @Nullable String status;

	@Option(names = "--mode", paramLabel = "MODE", description = "Only regular, emergency or restore runs.")
	private @Nullable String mode;

	@Option(names = "--page", paramLabel = "N", defaultValue = "0", description = "Which page, from 0.")
	private String page = "0";

	@Option(names = "--size", paramLabel = "N", defaultValue = "20", description = "Runs on a page, 1 to 200.")
	private String size = "20";

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Mixin
	private Watch watch = new Watch();

	@Override
	public int run(Session session) {
		List<String> rules = (this.task != null) ? session.description().names() : List.of();
		HistoryFilter filter = HistoryFilter.of(this.task, this.status, this.mode, this.page, this.size, rules);
		RunHistory history = session.bean(RunHistory.class);
		return this.watch.show(session, () -> show(session,
				history.find(filter.task(), filter.status(), filter.mode(), filter.page(), filter.size())));
	}

	private void show(Session session, Page<Run> runs) {
		if (this.json) {
			session.json(RunPageJson.of(runs));
			return;
		}
		Table table = new Table("STARTED", "TASK", "STATUS", "REMOVED", "STILL REFERENCED", "STARTED BY", "ACTIONS",
				"RUN");
		runs.forEach((run) -> table.row(run.startedAt().truncatedTo(ChronoUnit.SECONDS), task(run),
				new Toned(status(run), Tone.of(run.status())), run.rowsRemoved(), run.rowsKeptReferenced(), by(run),
				actions(run), run.id().toString()));
		table.print(session.terminal());
		session.terminal().out().println(runs.getNumberOfElements() + " of " + runs.getTotalElements());
	}

	private static String task(Run run) {
		return (run.mode() == Mode.REGULAR) ? run.task() : run.task() + " (" + run.mode().label() + ")";
	}

	/** What the schedule starts has no person to name. */
	private static String by(Run run) {
		return (run.trigger() == Trigger.SCHEDULE) ? run.actor() : run.actor() + " (" + run.trigger().label() + ")";
	}

	private static String status(Run run) {
		String waits = run.paused() ? " (paused)" : (run.waitingFor() != null) ? " (waiting)" : "";
		return run.status().label() + waits + (run.dryRun() ? " (dry run)" : "");
	}

	/** What was done to it after the start; null if nothing. */
	private static @Nullable String actions(Run run) {
		String actions = run.laterActions()
			.stream()
			.map((action) -> action.action() + " by " + action.by())
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
