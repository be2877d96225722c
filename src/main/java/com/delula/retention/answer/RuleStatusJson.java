package com.delula.retention.answer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.delula.retention.rule.Rule;
import com.delula.retention.run.Stock;
import com.delula.retention.status.RuleStatus;
import org.jspecify.annotations.Nullable;

/**
 * How a rule's tables stand, as the API shows it.
 *
 * @param success always true
 * @param rule the rule's name
 * @param asOf when the rows were counted
 * @param rowsDue rows that a run would remove
 * @param oldestDueAt the time of the oldest of them; null if there is none
 * @param needsApproval whether it runs by itself only after somebody has approved it
 * @param tables the counts of each table
 * @param forecast what is to be expected; null while nothing can be told
 */
public record RuleStatusJson(boolean success, String rule, Instant asOf, long rowsDue, @Nullable Instant oldestDueAt,
		boolean needsApproval, Map<String, Table> tables, @Nullable Forecast forecast) {

	/** The status in the contract's words. */
	static RuleStatusJson of(Rule rule, RuleStatus status, boolean needsApproval) {
		Map<String, Table> tables = new LinkedHashMap<>();
		status.tables().forEach((name, stock) -> tables.put(name, Table.of(stock)));
		return new RuleStatusJson(true, rule.name(), status.asOf(), status.rowsDue(), status.oldestDueAt(),
				needsApproval, tables, null);
	}

	/**
	 * The counts of one table.
	 *
	 * @param candidates rows that can go at all, whatever their age and rank
	 * @param due rows that a run would remove
	 * @param keptReferenced rows that are due and stay because other rows refer to them
	 */
	public record Table(long candidates, long due, long keptReferenced) {

		static Table of(Stock stock) {
			return new Table(stock.considered(), stock.due(), stock.keptReferenced());
		}

	}

	/**
	 * What is to be expected.
	 *
	 * @param arrivingPerHour rows that become due in an hour
	 * @param dueAtNextRun rows due at the next run
	 * @param nextRunAt when that is; null where it never runs by itself
	 * @param secondsForNextRun how long it takes; null before there was a run
	 * @param keepsUp whether runs remove as much as arrives
	 */
	public record Forecast(double arrivingPerHour, long dueAtNextRun, @Nullable Instant nextRunAt,
			@Nullable Double secondsForNextRun, boolean keepsUp) {

	}

}
