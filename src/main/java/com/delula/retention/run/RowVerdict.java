package com.delula.retention.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.delula.retention.rule.Condition;
import com.delula.retention.rule.Policy;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one row, and what that follows from.
 *
 * @param verdict what becomes of it
 * @param row what was found in the table; null without such a row
 * @param removal how it was removed; null where nothing is known of that
 */
public record RowVerdict(Verdict verdict, @Nullable Row row, @Nullable Removal removal) {

	/** There is no such row, and nothing is known of one. */
	public static final RowVerdict UNKNOWN = new RowVerdict(Verdict.UNKNOWN, null, null);

	/** A row that is there. */
	public static RowVerdict of(Row row) {
		return new RowVerdict(row.verdict(), row, null);
	}

	/** A row that a run removed. */
	public static RowVerdict removed(Removal removal) {
		return new RowVerdict(Verdict.REMOVED, null, removal);
	}

	/** When the row is due; null unless it is only too young. */
	public @Nullable Instant dueAt() {
		Row found = this.row;
		Instant time = (found != null && this.verdict == Verdict.TOO_YOUNG) ? found.time() : null;
		return (found != null && time != null) ? time.plus(found.maxAge()) : null;
	}

	/**
	 * A row in the table.
	 *
	 * @param time its time; null if it has none
	 * @param old whether it is old enough
	 * @param group its group as text; null if it has none or there are no groups
	 * @param position its place among the newest of its group and policy, from 1; null
	 * where none stay, and far behind those that do
	 * @param keepNewest how many of these stay
	 * @param maxAge how old it must be; zero if age does not matter
	 * @param policy the policy under which it falls, or that holds it; null under none
	 * @param held whether that policy holds it
	 * @param unmet the rule's conditions that it does not meet
	 * @param referencedBy a table with a row that refers to it and stays; null if there
	 * is none
	 */
	public record Row(@Nullable Instant time, boolean old, @Nullable String group, @Nullable Long position,
			int keepNewest, Duration maxAge, @Nullable Policy policy, boolean held, List<Unmet> unmet,
			@Nullable String referencedBy) {

		public Row {
			unmet = List.copyOf(unmet);
		}

		/**
		 * A reason that lasts goes before one that passes: a young row that is among the
		 * newest does not become due by growing old.
		 */
		private Verdict verdict() {
			if (!this.unmet.isEmpty()) {
				return Verdict.NOT_COVERED;
			}
			if (this.held) {
				return Verdict.HELD;
			}
			if (this.position != null && this.position <= this.keepNewest) {
				return Verdict.KEPT_NEWEST;
			}
			if (!this.old) {
				return Verdict.TOO_YOUNG;
			}
			return (this.referencedBy != null) ? Verdict.REFERENCED : Verdict.DUE;
		}

	}

	/**
	 * A condition that a row does not meet.
	 *
	 * @param condition the condition
	 * @param value the row's value; null if it has none
	 */
	public record Unmet(Condition condition, @Nullable String value) {

	}

	/**
	 * How a row was removed.
	 *
	 * @param run the run
	 * @param at when
	 * @param group its group as text; null if it had none or there are no groups
	 * @param until until when it can be put back
	 */
	public record Removal(UUID run, Instant at, @Nullable String group, Instant until) {

	}

}
