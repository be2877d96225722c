package com.delula.retention.dashboard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.delula.retention.doctor.Finding;
import com.delula.retention.monitor.Due;
import com.delula.retention.monitor.TaskHealth;
import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunAction;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.TaskSchedule;
import org.jspecify.annotations.Nullable;

/**
 * How a rule stands: the worst of what is known about it.
 *
 * @param tone its colour and sign
 * @param state the same in a word
 * @param reasons sentences on what needs attention; empty if nothing does
 */
record Standing(String tone, String state, List<String> reasons) {

	/** Fewer due rows than this may be late without the rule being behind. */
	private static final long MANY = 1000;

	/** A rule without a schedule is expected to be run once a day. */
	private static final Duration UNSCHEDULED = Duration.ofDays(1);

	private static final String BAD = "bad";

	private static final String FAIR = "fair";

	private static final String PAUSED = "Paused";

	/**
	 * Weighs what is known.
	 * @param rule the rule
	 * @param health its runs and its schedule
	 * @param due what is due; null while that is counted
	 * @param longest the greatest age in the rule and its policies
	 * @param critical critical findings that concern it
	 * @param now the time by the database's clock
	 */
	static Standing of(Rule rule, TaskHealth health, @Nullable Due due, Duration longest, List<Finding> critical,
			Instant now) {
		Builder standing = new Builder(rule.title());
		standing.add(BAD, "Needs approval", health.needsApproval(), " needs approval");
		standing.add(BAD, "Overdue", health.overdue(), " is overdue: no successful run for two intervals");
		standing.add(BAD, "Failed", health.failed(), ": the last run failed");
		if (!critical.isEmpty()) {
			standing.add(BAD, "Unsafe", true, ": " + critical.get(0).title());
		}
		standing.addPause(health.running(), now);
		boolean rowsDue = due != null && due.rows() > 0;
		if (health.running() == null) {
			standing.addOutcome(health, rowsDue);
			standing.add(FAIR, "Behind", rowsDue && isBehind(rule, health, due, longest, now),
					behind(rule, due, longest, now));
		}
		return standing.build(health);
	}

	/**
	 * Rows that become due between two runs may be old: of a group's newest, or kept by a
	 * reference. Many more than a run removes, or any after a run that did not do its
	 * work, are a backlog.
	 */
	private static boolean isBehind(Rule rule, TaskHealth health, @Nullable Due due, Duration longest, Instant now) {
		Duration late = late(due, longest, now);
		Duration interval = Optional.ofNullable(health.schedule()).map(TaskSchedule::interval).orElse(UNSCHEDULED);
		Run last = health.lastTelling();
		if (due == null || last == null || late.compareTo(interval.multipliedBy(2)) <= 0) {
			return false;
		}
		if (last.status() != RunStatus.SUCCEEDED) {
			return true;
		}
		// Where newer rows decide what stays, old rows may all have become due since
		// then.
		Keep keep = rule.keep();
		return (keep == null || keep.newest() == 0) && due.rows() > Math.max(MANY, 2 * last.rowsRemoved());
	}

	private static Duration late(@Nullable Due due, Duration longest, Instant now) {
		Instant oldest = (due != null) ? due.oldest() : null;
		return (oldest != null) ? Duration.between(oldest.plus(longest), now) : Duration.ZERO;
	}

	private static String behind(Rule rule, @Nullable Due due, Duration longest, Instant now) {
		if (due == null) {
			return "";
		}
		long days = Math.max(1, late(due, longest, now).toDays());
		return " is behind: " + Quantity.of(due.rows(), "row") + (due.rows() == 1 ? " is" : " are")
				+ " due, the oldest has been for " + Quantity.of(days, "day");
	}

	/** Whether somebody should look. */
	boolean needsAttention() {
		return !this.reasons.isEmpty();
	}

	/** Whether it is more than a hint. */
	boolean isBad() {
		return this.tone.equals(BAD);
	}

	/** Collects reasons, the worst first. */
	private static final class Builder {

		private final String title;

		private final List<String> reasons = new ArrayList<>();

		private String tone = "good";

		private String state = "OK";

		Builder(String title) {
			this.title = title;
		}

		void add(String tone, String state, boolean applies, String reason) {
			if (!applies) {
				return;
			}
			if (this.reasons.isEmpty()) {
				this.tone = tone;
				this.state = state;
			}
			this.reasons.add(this.title + reason);
		}

		/** A run that stands still until somebody resumes it. */
		void addPause(@Nullable Run running, Instant now) {
			RunAction paused = (running != null) ? running.pausedBy() : null;
			if (paused != null) {
				add(FAIR, PAUSED, true,
						": a run is paused, by " + paused.actor() + " " + PageFormatter.age(paused.at(), now));
			}
		}

		/** What an end says that is neither a success nor a failure. */
		void addOutcome(TaskHealth health, boolean rowsDue) {
			Run last = health.lastTelling();
			if (last == null || last.status() == RunStatus.SUCCEEDED || health.failed() || health.needsApproval()) {
				return;
			}
			boolean never = health.lastSuccess() == null;
			String ended = last.status().label().replace('_', ' ');
			String state = Character.toUpperCase(ended.charAt(0)) + ended.substring(1);
			add((never && rowsDue) ? BAD : FAIR, state, never || rowsDue || last.status() != RunStatus.CANCELLED,
					": the last run " + verb(last.status()) + (never ? ", and no run has succeeded yet" : ""));
		}

		private static String verb(RunStatus status) {
			return switch (status) {
				case TIMED_OUT -> "timed out";
				default -> "was " + status.label();
			};
		}

		Standing build(TaskHealth health) {
			if (this.reasons.isEmpty() && health.last() == null) {
				this.tone = "idle";
				this.state = "No runs yet";
			}
			if (health.running() != null) {
				this.state = health.running().paused() ? PAUSED : "Running";
				this.tone = this.reasons.isEmpty() ? "busy" : this.tone;
			}
			return new Standing(this.tone, this.state, List.copyOf(this.reasons));
		}

	}

}
