package com.delula.retention.notify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.Trigger;
import org.jspecify.annotations.Nullable;

/** Describes a run that did not end well, to people and to programs. */
final class RunTexts {

	/** Runs that nobody watches: one that is refused waits for somebody's approval. */
	private static final Set<Trigger> UNATTENDED = Set.of(Trigger.SCHEDULE, Trigger.DATABASE);

	private static final String REFUSED = "refused";

	private final Rules rules;

	RunTexts(Rules rules) {
		this.rules = rules;
	}

	/** The event of a run that has ended. */
	Event event(Run run) {
		return new Event("run:" + run.id(), "run." + run.status().label(),
				Objects.requireNonNullElse(run.finishedAt(), run.startedAt()), text(run), data(run));
	}

	private String text(Run run) {
		String text = title(run) + " " + ending(run) + ". " + removed(run);
		if (needsApproval(run)) {
			text += " It needs approval: check what is due, then run it with expectedRows and no other option.";
		}
		return text + " Run " + run.id() + ", started by " + run.actor() + " (" + run.trigger().label() + ").";
	}

	private String title(Run run) {
		String title = title(this.rules, run.task());
		if (run.mode() == Mode.REGULAR) {
			return title;
		}
		if (run.mode() == Mode.EMERGENCY) {
			return this.rules.find(run.task()).map(Rule::emergencyTitle).orElse("Emergency " + title);
		}
		return title + " (" + run.mode().label() + ")";
	}

	/** What a person calls a task; a rule may be gone from the configuration by now. */
	static String title(Rules rules, String task) {
		return rules.find(task).map(Rule::title).orElse(task);
	}

	private static String ending(Run run) {
		String why = (run.error() != null) ? ": " + run.error().replaceFirst("\\.$", "") : "";
		return switch (run.status().label()) {
			case REFUSED -> "was refused" + why;
			case "timed_out" -> "timed out; the next run continues";
			default -> run.status().label() + why;
		};
	}

	private static String removed(Run run) {
		String removed = Quantity.of(run.rowsDone());
		if (run.restores()) {
			return removed + " rows restored.";
		}
		return (run.rowsDue() != null) ? removed + " of " + Quantity.of(run.rowsDue()) + " due rows removed."
				: removed + " rows removed.";
	}

	private static boolean needsApproval(Run run) {
		return run.status().label().equals(REFUSED) && UNATTENDED.contains(run.trigger());
	}

	/** The fields that the API has for a run, and what a person calls the task. */
	private Map<String, @Nullable Object> data(Run run) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("id", run.id().toString());
		data.put("task", run.task());
		data.put("title", title(this.rules, run.task()));
		data.put("mode", run.mode().label());
		data.put("trigger", run.trigger().label());
		data.put("actor", run.actor());
		data.put("status", run.status().label());
		data.put("dryRun", run.dryRun());
		data.put("options", run.options());
		data.put("cutoff", run.cutoff().toString());
		data.put("startedAt", run.startedAt().toString());
		data.put("finishedAt", (run.finishedAt() != null) ? run.finishedAt().toString() : null);
		data.put("rowsDue", run.rowsDue());
		data.put("rowsRemoved", run.rowsRemoved());
		data.put("rowsKeptReferenced", run.rowsKeptReferenced());
		data.put("rowsLeftLocked", run.rowsLeftLocked());
		data.put("removedByTable", run.removedByTable());
		data.put("needsApproval", needsApproval(run));
		data.put("error", run.error());
		data.put("note", run.note());
		return data;
	}

}
