package com.delula.retention.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.delula.retention.answer.Grid;
import com.delula.retention.answer.OwnAnswers;
import com.delula.retention.answer.RunAnswer;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.GroupCount;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunOutcome;
import com.delula.retention.run.RunOutcome.StepOutcome;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Stock;
import org.jspecify.annotations.Nullable;

/** Shows a person what became of a run. */
final class RunSummary {

	private final Rule rule;

	private final @Nullable OwnAnswers own;

	/**
	 * For the runs of a rule.
	 * @param own what the rule tells in words of its own; null if nothing
	 */
	RunSummary(Rule rule, @Nullable OwnAnswers own) {
		this.rule = rule;
		this.own = own;
	}

	/** A run that was stopped by a signal gets one line. */
	void show(String title, RunOutcome outcome, Terminal terminal) {
		Run run = outcome.run();
		if (run.status() == RunStatus.INTERRUPTED) {
			terminal.out().println(stopped(title, run));
			return;
		}
		terminal.out().println(terminal.paint(message(title, run), Tone.of(run.status())));
		print(outcome, terminal);
	}

	/** The API's message would read as if a dry run had done it. */
	private static String message(String title, Run run) {
		return (run.dryRun() && run.status() == RunStatus.SUCCEEDED)
				? title + ": dry run, nothing was " + (run.restores() ? "restored" : "removed")
				: RunAnswer.message(title, run);
	}

	private static String stopped(String title, Run run) {
		String of = (run.rowsDue() != null) ? String.format(Locale.ROOT, " of %,d", run.rowsDue()) : "";
		return String.format(Locale.ROOT, "%s was interrupted: %,d%s rows %s. Run %s", title, run.rowsDone(), of,
				run.restores() ? "restored" : "removed", run.id());
	}

	private void print(RunOutcome outcome, Terminal terminal) {
		RunFacts.ofEnd(outcome.run(), this.rule).print(terminal);
		if (outcome.run().note() != null) {
			terminal.out().println("note: " + outcome.run().note());
		}
		List<Grid> details = (this.own != null) ? this.own.details(outcome) : groups(outcome);
		details.stream().map(Table::of).filter((table) -> !table.isEmpty()).forEach((table) -> {
			terminal.out().println();
			table.print(terminal);
		});
	}

	private List<Grid> groups(RunOutcome outcome) {
		String column = this.rule.groupColumn();
		if (column == null) {
			return List.of();
		}
		return outcome.steps().stream().map((step) -> groups(column, step, outcome.run())).toList();
	}

	/** How many there were before a restore tells nothing. */
	private static Grid groups(String column, StepOutcome step, Run run) {
		String head = column.toUpperCase(Locale.ROOT);
		Grid grid = run.restores() ? new Grid(head, "RESTORED")
				: new Grid(head, "BEFORE", run.dryRun() ? "WOULD GO" : "REMOVED");
		Stock stock = step.stock();
		step.removedByGroup()
			.entrySet()
			.stream()
			.filter((group) -> group.getValue() > 0)
			.sorted(Map.Entry.<@Nullable String, Long>comparingByValue().reversed())
			.forEach((group) -> {
				String key = (group.getKey() != null) ? group.getKey() : "No " + column;
				if (run.restores()) {
					grid.row(key, group.getValue());
					return;
				}
				GroupCount before = (stock != null) ? stock.group(group.getKey()) : null;
				grid.row(key, (before != null) ? before.before() : null, group.getValue());
			});
		return grid;
	}

}
