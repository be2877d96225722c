package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.delula.retention.monitor.Due;
import com.delula.retention.monitor.TaskHealth;
import com.delula.retention.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * The state of all rules.
 *
 * @param cards a card for each rule
 * @param now the time by the database's clock
 */
record Overview(List<Card> cards, Instant now) {

	/** Whether a rule needs attention. */
	public boolean down() {
		return this.cards.stream().anyMatch((card) -> card.health().down());
	}

	/** Why, in a sentence. */
	public String reasons() {
		return this.cards.stream()
			.filter((card) -> card.health().down())
			.map((card) -> card.title() + reason(card.health()))
			.collect(Collectors.joining("; "));
	}

	private static String reason(TaskHealth health) {
		if (health.needsApproval()) {
			return " needs approval";
		}
		return health.overdue() ? " is overdue" : ": the last run failed";
	}

	/** Whether nothing has run yet. */
	public boolean fresh() {
		return this.cards.stream().allMatch((card) -> card.health().last() == null && card.health().running() == null);
	}

	/**
	 * One rule.
	 *
	 * @param title what it is called
	 * @param description what it removes, in a sentence; may be empty
	 * @param health whether it does what is expected of it
	 * @param due what a run would remove now; null while the first count is in progress
	 * @param actions what the current user can start
	 * @param now the time by the database's clock
	 * @param policies whether it can have policies
	 */
	record Card(String title, String description, TaskHealth health, @Nullable Due due, List<RuleAction> actions,
			Instant now, boolean policies) {

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

		private @Nullable RunView view(@Nullable Run run) {
			return Optional.ofNullable(run).map((found) -> new RunView(found, this.now, this.title)).orElse(null);
		}

		/** The colour and the sign that it has. */
		public String tone() {
			if (this.health.running() != null) {
				return "busy";
			}
			if (this.health.down()) {
				return "bad";
			}
			return (this.health.last() != null) ? "good" : "idle";
		}

		/** The same in a word. */
		public String state() {
			if (this.health.running() != null) {
				return "Running";
			}
			if (this.health.needsApproval()) {
				return "Needs approval";
			}
			if (this.health.overdue()) {
				return "Overdue";
			}
			if (this.health.failed()) {
				return "Failed";
			}
			return (this.health.last() != null) ? "OK" : "No runs yet";
		}

	}

}
