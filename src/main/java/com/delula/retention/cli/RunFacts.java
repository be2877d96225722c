package com.delula.retention.cli;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.delula.retention.answer.RunOptionTexts;
import com.delula.retention.cli.Tone.Toned;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunAction;
import org.jspecify.annotations.Nullable;

/** What is known of a run, a line for each fact. */
final class RunFacts {

	private final Run run;

	private final @Nullable Rule rule;

	private final Table table;

	private RunFacts(Run run, @Nullable Rule rule) {
		this.run = run;
		this.rule = rule;
		this.table = new Table("run", run.id().toString());
	}

	/** What is told at its end to the one who has waited for it. */
	static Table ofEnd(Run run, Rule rule) {
		RunFacts facts = new RunFacts(run, rule);
		facts.counts();
		facts.cutoff();
		facts.table.row("started by", by(run));
		facts.actions();
		return facts.table;
	}

	/**
	 * All, also while it goes on.
	 * @param rule its rule; null if that is no longer configured
	 */
	static Table of(Run run, @Nullable Rule rule) {
		RunFacts facts = new RunFacts(run, rule);
		facts.wish();
		facts.course();
		facts.counts();
		facts.actions();
		return facts.table;
	}

	/** Where it stands, for the lists too. */
	static Toned status(Run run) {
		String text = run.status().label() + (run.ended() ? "" : " (" + ProgressText.brief(run) + ")");
		return new Toned(text + (run.dryRun() ? " (dry run)" : ""), Tone.of(run.status()));
	}

	/** Who wanted it, and through which door. */
	static String by(Run run) {
		return run.actor() + " (" + run.trigger().label() + ")";
	}

	private void wish() {
		this.table.row("rule", this.run.task());
		this.table.row("kind", this.run.mode().label() + (this.run.dryRun() ? " (dry run)" : ""));
		if (this.run.restores()) {
			this.table.row("restores", this.run.options().get(Run.RESTORE_OF));
		}
		List<String> options = RunOptionTexts.of(this.run, this.rule,
				(column, value) -> column.replace('_', ' ') + " " + value);
		if (!options.isEmpty()) {
			this.table.row("options", String.join(", ", options));
		}
		if (this.run.expectedRows() != null) {
			count("expected at most", this.run.expectedRows());
		}
		this.table.row("started by", by(this.run));
	}

	private void course() {
		boolean goesOn = !this.run.ended();
		this.table.row("status", goesOn
				? new Toned(this.run.status().label() + ": " + ProgressText.of(this.run), Tone.of(this.run.status()))
				: status(this.run));
		this.table.row("started", this.run.startedAt());
		this.table.row("finished", goesOn ? "not yet" : this.run.finishedAt());
		cutoff();
		Double pace = this.run.dutyCycle();
		if (pace != null && !this.run.dryRun()) {
			this.table.row("pace", Quantity.percent(pace) + " of the time");
		}
		count(this.run.restores() ? "to restore at the start" : "due at the start", this.run.rowsDue());
	}

	/** Rows come back whatever their age. */
	private void cutoff() {
		if (!this.run.restores()) {
			this.table.row("cutoff", this.run.cutoff());
		}
	}

	private void counts() {
		List<RuleTable> tables = new ArrayList<>((this.rule != null) ? this.rule.tables() : List.of());
		// Parents come first, as people think of them.
		Collections.reverse(tables);
		tables.forEach((part) -> count(part.noun() + done(), removed(this.run.removedFrom(part.name()))));
		if (this.rule == null) {
			this.run.removedByTable().forEach((name, rows) -> count("rows of " + name + done(), removed(rows)));
		}
		if (tables.size() > 1) {
			count("rows" + done() + " in total", removed(sum()));
		}
		count(this.run.restores() ? "left out (still kept)" : "kept (still referenced)", this.run.rowsKeptReferenced());
		this.run.leftOut().forEach((row) -> this.table.row("left out: " + row.table() + " " + row.key(), row.reason()));
		if (this.run.rowsLeftLocked() > 0) {
			count("left (locked by others)", this.run.rowsLeftLocked());
		}
		if (this.run.restorableUntil() != null) {
			this.table.row("can be restored until", this.run.restorableUntil());
		}
	}

	private String done() {
		return (this.run.dryRun() ? " would be " : " ") + (this.run.restores() ? "restored" : "removed");
	}

	private long sum() {
		return this.run.removedByTable().values().stream().mapToLong(Long::longValue).sum();
	}

	/** Null in a dry run that has not counted them. */
	private @Nullable Long removed(long rows) {
		return (this.run.dryRun() && this.run.rowsDue() == null) ? null : Math.abs(rows);
	}

	private void actions() {
		this.run.laterActions().forEach((action) -> this.table.row(action.what() + " by", text(action)));
	}

	/** Who did it and when, and which rows a restore put back. */
	private static String text(RunAction action) {
		String rows = action.details().get("rows");
		return action.by() + ", " + action.at().truncatedTo(ChronoUnit.SECONDS)
				+ ((rows != null) ? ", " + Quantity.rows(Long.parseLong(rows)) : "");
	}

	/** As a text: numbers would be aligned to the right, and the times with them. */
	private void count(String what, @Nullable Long rows) {
		this.table.row(what, (rows != null) ? Quantity.of(rows) : null);
	}

}
