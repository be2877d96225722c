package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.UUID;

import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Safeguards;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

/**
 * The most rows that a run may remove: those that its caller expects or, for a run that
 * nobody watches, those that its rule allows.
 *
 * @param expected what the caller expects; null without a limit
 * @param maxRows what the rule allows; null without a limit
 * @param maxShare the same as a share of the rows of the rule's tables
 * @param settings where the rule's settings begin
 * @param restores whether rows come back
 * @param awaited the refused run that has to be approved before; null for none
 */
record Bounds(@Nullable Long expected, @Nullable Long maxRows, @Nullable Double maxShare, String settings,
		boolean restores, @Nullable UUID awaited) {

	private static final String APPROVE = "; preview the run, then approve it: start it with the number of rows to expect and no other option";

	/**
	 * The bounds of a run. A dry run has none: it tells the number.
	 * @param refused the run for which the task waits to be approved; null for none
	 */
	static Bounds of(RunRequest request, Rule rule, @Nullable UUID refused) {
		Safeguards guards = rule.safeguards();
		boolean restores = request.mode() == Mode.RESTORE;
		if (request.dryRun()) {
			return new Bounds(null, null, null, rule.settings(), restores, null);
		}
		if (request.trigger().watched()) {
			return new Bounds(request.expectedRows(), null, null, rule.settings(), restores, null);
		}
		return new Bounds(request.expectedRows(), guards.maxRows(), guards.maxShare(), rule.settings(), restores,
				refused);
	}

	/** Whether there is a limit, so that rows have to be counted before one goes. */
	boolean any() {
		return this.expected != null || this.maxRows != null || this.maxShare != null;
	}

	/** Whether a run may be refused, so that no row may go before that is known. */
	boolean mayRefuse() {
		return any() || this.awaited != null;
	}

	/**
	 * The most rows that may go; null without a limit.
	 * @param total the rows of the rule's tables
	 */
	@Nullable Long limit(long total) {
		if (!any()) {
			return null;
		}
		return Math.min(Math.min(or(this.expected), or(this.maxRows)), or(share(total)));
	}

	private static long or(@Nullable Long limit) {
		return (limit != null) ? limit : Long.MAX_VALUE;
	}

	private @Nullable Long share(long total) {
		return (this.maxShare != null) ? (long) Math.floor(this.maxShare * total) : null;
	}

	/**
	 * Why a run may not begin; null if it may.
	 * @param due the rows that are due; null if nobody knows
	 * @param total the rows of the rule's tables
	 */
	@Nullable String objection(@Nullable Long due, long total) {
		if (this.awaited != null) {
			return "The refused run " + this.awaited + " has not been approved yet" + APPROVE;
		}
		if (due == null) {
			return null;
		}
		if (due > or(this.expected)) {
			return excess(this.restores, due, this.expected) + "; preview the " + (this.restores ? "restore" : "run")
					+ " again, then start it with the new number";
		}
		if (due > or(this.maxRows)) {
			return rows(due) + " due, more than " + this.settings + ".max-rows=" + this.maxRows + " allows" + APPROVE;
		}
		Long share = share(total);
		if (share != null && due > share) {
			return rows(due) + " due, more than " + this.settings + ".max-share=" + this.maxShare + " allows ("
					+ Quantity.of(share) + " of " + Quantity.of(total) + ")" + APPROVE;
		}
		return null;
	}

	/**
	 * What a dry run says of the number that its caller expects; null if the run itself
	 * would not be refused for it.
	 */
	static @Nullable String warning(RunRequest request, long due) {
		Long expected = request.expectedRows();
		return (due > or(expected))
				? "The run would be refused: " + excess(request.mode() == Mode.RESTORE, due, expected) : null;
	}

	private static String excess(boolean restores, long due, @Nullable Long expected) {
		return (restores ? restored(due) : rows(due) + " due") + ", more than the " + Quantity.of(or(expected))
				+ " expected";
	}

	private static String restored(long rows) {
		return Quantity.rows(rows) + " would come back";
	}

	private static String rows(long rows) {
		return Quantity.rows(rows) + ((rows == 1) ? " is" : " are");
	}

	/** What is said where counting takes too long. */
	static String uncounted(Duration limit) {
		return "The due rows could not be counted within " + Setting.text(limit)
				+ ", and a run with a limit removes nothing uncounted; set a longer retention.run.max-duration,"
				+ " or check with doctor why counting is slow";
	}

}
