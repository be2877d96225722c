package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import com.delula.retention.doctor.Finding;
import com.delula.retention.monitor.TaskHealth;
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
		return (concerned.size() == 1) ? concerned.get(0).state().title() + " needs attention"
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
		return this.cards.stream().anyMatch((card) -> card.state().rowsDue() == null) ? null
				: this.cards.stream()
					.map((card) -> card.state().rowsDue())
					.filter(Objects::nonNull)
					.mapToLong(Long::longValue)
					.sum();
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
		boolean moving = this.cards.stream()
			.anyMatch((card) -> card.health().running() != null || card.state().due() == null);
		return moving ? 2 : 10;
	}

	/**
	 * One rule.
	 *
	 * @param state what it does, and what the current user can start
	 * @param standing what its health, its rows and the doctor amount to
	 * @param findings critical findings of the doctor that concern it
	 */
	record Card(RuleState state, Standing standing, List<Finding> findings) {

		/** Its health. */
		public TaskHealth health() {
			return this.state.health();
		}

	}

}
