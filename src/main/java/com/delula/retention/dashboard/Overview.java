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
 * Whether everything is all right.
 *
 * @param tasks how each task does
 * @param now the time by the database's clock
 * @param words how tasks are called
 */
record Overview(List<Card> tasks, Instant now, Words words) {

	/** Whether somebody should look. */
	public boolean down() {
		return this.tasks.stream().anyMatch((card) -> card.health().down());
	}

	/** Why somebody should look, in a sentence. */
	public String reasons() {
		return this.tasks.stream()
			.filter((card) -> card.health().down())
			.map((card) -> this.words.name(card.health().task())
					+ (card.health().overdue() ? " is overdue" : ": the last run failed"))
			.collect(Collectors.joining("; "));
	}

	/** Whether nothing has run yet. */
	public boolean fresh() {
		return this.tasks.stream().allMatch((card) -> card.health().last() == null && card.health().running() == null);
	}

	/**
	 * One task.
	 *
	 * @param health whether it does what is expected of it
	 * @param due what it would remove now; null while the first count is under way
	 * @param now the time by the database's clock
	 */
	record Card(TaskHealth health, @Nullable Due due, Instant now) {

		/** Its run that is under way; null if there is none. */
		public @Nullable RunView running() {
			return view(this.health.running());
		}

		/** Its newest run that has ended; null before the first. */
		public @Nullable RunView last() {
			return view(this.health.last());
		}

		private @Nullable RunView view(@Nullable Run run) {
			return Optional.ofNullable(run).map((found) -> new RunView(found, this.now)).orElse(null);
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
			if (this.health.overdue()) {
				return "Overdue";
			}
			if (this.health.failed()) {
				return "Failed";
			}
			return (this.health.last() != null) ? "All right" : "Has not run yet";
		}

	}

}
