package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.delula.retention.doctor.Finding;
import com.delula.retention.monitor.Due;
import com.delula.retention.monitor.TaskHealth;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * The state of all rules.
 *
 * @param cards a card for each rule
 * @param now the time by the database's clock
 */
record Overview(List<Card> cards, Instant now) {

	/** What needs attention, in sentences; empty if nothing does. */
	public List<String> reasons() {
		return this.cards.stream().flatMap((card) -> card.standing().reasons().stream()).toList();
	}

	/** All of it in a line. */
	public String headline() {
		List<String> reasons = reasons();
		if (reasons.isEmpty()) {
			return isFresh() ? "Ready. No runs yet." : "All rules are OK";
		}
		if (reasons.size() == 1) {
			return reasons.get(0);
		}
		List<Card> concerned = this.cards.stream().filter((card) -> card.standing().needsAttention()).toList();
		return (concerned.size() == 1) ? concerned.get(0).title() + " needs attention"
				: concerned.size() + " rules need attention";
	}

	/** The colour and the sign of that. */
	public String tone() {
		if (this.cards.stream().anyMatch((card) -> card.standing().isBad())) {
			return "bad";
		}
		if (!reasons().isEmpty()) {
			return "fair";
		}
		return isFresh() ? "idle" : "good";
	}

	/** Whether nothing has run yet. */
	private boolean isFresh() {
		return this.cards.stream().allMatch((card) -> card.health().last() == null && card.health().running() == null);
	}

	/** Rows that all rules would remove now; null while any is counted. */
	public @Nullable Long due() {
		return this.cards.stream().anyMatch((card) -> card.rowsDue() == null) ? null
				: this.cards.stream().map(Card::rowsDue).filter(Objects::nonNull).mapToLong(Long::longValue).sum();
	}

	/** The card whose rule runs next by itself; null if none does. */
	public @Nullable Card next() {
		return this.cards.stream()
			.filter((card) -> card.health().running() == null && card.health().nextRun() != null)
			.min(Comparator.comparing((card) -> Objects.requireNonNull(card.health().nextRun())))
			.orElse(null);
	}

	/** Seconds until it is worth looking again. */
	public int refresh() {
		boolean moving = this.cards.stream().anyMatch((card) -> card.health().running() != null || card.due() == null);
		return moving ? 2 : 10;
	}

	/**
	 * One rule.
	 *
	 * @param rule the rule
	 * @param standing what its health, its rows and the doctor amount to
	 * @param health whether it does what is expected of it
	 * @param due what a run would remove now; null while that is counted
	 * @param findings critical findings of the doctor that concern it
	 * @param actions what the current user can start
	 * @param now the time by the database's clock
	 */
	record Card(Rule rule, Standing standing, TaskHealth health, @Nullable Due due, List<Finding> findings,
			List<RuleAction> actions, Instant now) {

		/** What it is called. */
		public String title() {
			return this.rule.title();
		}

		/** Whether it can have policies. */
		public boolean policies() {
			return !this.rule.narrowBy().isEmpty();
		}

		/**
		 * Rows that are due, and during a run those that it has still to remove; null
		 * while they are counted.
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
			return Long.valueOf(0).equals(rowsDue()) && !this.health.needsApproval();
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
		 * Where the current user can approve; null if there is nothing, or they may not.
		 */
		public @Nullable RuleAction approval() {
			return this.health.needsApproval()
					? this.actions.stream().filter((action) -> !action.emergency()).findFirst().orElse(null) : null;
		}

		/** Its run in progress; null if there is none. */
		public @Nullable RunView running() {
			return view(this.health.running());
		}

		/** Its newest run that has ended; null before the first. */
		public @Nullable RunView last() {
			return view(this.health.last());
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

}
