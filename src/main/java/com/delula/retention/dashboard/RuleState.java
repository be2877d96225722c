package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.delula.retention.monitor.Due;
import com.delula.retention.monitor.TaskHealth;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * A rule at this moment, and what the current user can start.
 *
 * @param rule the rule
 * @param health whether it does what is expected of it
 * @param due what a run would remove now; null while that is counted
 * @param allowed the actions that the user's role allows
 * @param now the time by the database's clock
 */
record RuleState(Rule rule, TaskHealth health, @Nullable Due due, List<RuleAction> allowed, Instant now) {

	/** What it is called. */
	public String title() {
		return this.rule.title();
	}

	/** Whether it can have policies. */
	public boolean policies() {
		return !this.rule.narrowBy().isEmpty();
	}

	/**
	 * Rows that are due, and during a run those that it has still to remove; null while
	 * they are counted.
	 */
	public @Nullable Long rowsDue() {
		Run running = this.health.running();
		if (running != null && removesAllDue(running)) {
			Long atStart = running.rowsDue();
			return (atStart != null) ? Math.max(0, atStart - running.rowsDone()) : null;
		}
		return (this.due != null) ? this.due.rows() : null;
	}

	/** Whether it is known that a run would remove nothing. */
	public boolean idle() {
		return this.health.running() == null && Long.valueOf(0).equals(rowsDue()) && !this.health.needsApproval();
	}

	/** Whether a run changes what is due by a number that nobody knows yet. */
	public boolean countedAfterRun() {
		Run running = this.health.running();
		return running != null && !running.dryRun() && !removesAllDue(running);
	}

	private static boolean removesAllDue(Run run) {
		return !run.dryRun() && run.mode() == Mode.REGULAR && run.options().isEmpty();
	}

	/**
	 * The actions that have something to do: none beside a run, and where nothing is due
	 * only those that may take younger rows.
	 */
	public List<RuleAction> actions() {
		if (this.health.running() != null) {
			return List.of();
		}
		return this.allowed.stream()
			.filter((action) -> !idle() || action.emergency() || this.rule.ageOption())
			.toList();
	}

	/** What stands on an action's button. */
	public String button(RuleAction action) {
		return (idle() && !action.emergency()) ? "Run with another age…" : action.button();
	}

	/**
	 * Where the current user can approve; null if there is nothing, or they may not.
	 */
	public @Nullable RuleAction approval() {
		return this.health.needsApproval()
				? this.allowed.stream().filter((action) -> !action.emergency()).findFirst().orElse(null) : null;
	}

	/** Its run in progress; null if there is none. */
	public @Nullable RunView running() {
		return view(this.health.running());
	}

	/** Its newest run that has ended; null before the first. */
	public @Nullable RunView last() {
		return view(this.health.last());
	}

	/** Whether its newest run that has ended did not succeed. */
	public boolean fellShort() {
		return last() != null && (earlierSuccess() != null || this.health.lastSuccess() == null);
	}

	/** When it last succeeded, where that was not its last run; null else. */
	public @Nullable Instant earlierSuccess() {
		Run success = this.health.lastSuccess();
		Run last = this.health.last();
		return (success != null && (last == null || !success.id().equals(last.id()))) ? success.startedAt() : null;
	}

	private @Nullable RunView view(@Nullable Run run) {
		return Optional.ofNullable(run).map((found) -> new RunView(found, this.now, title())).orElse(null);
	}

}
