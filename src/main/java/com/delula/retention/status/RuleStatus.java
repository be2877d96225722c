package com.delula.retention.status;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

import com.delula.retention.run.Stock;
import org.jspecify.annotations.Nullable;

/**
 * How a rule's tables stand.
 *
 * @param asOf when they were counted, by the database's clock
 * @param tables what was found in each table, in the rule's order
 * @param forecast what is to be expected
 */
public record RuleStatus(Instant asOf, Map<String, Stock> tables, Forecast forecast) {

	/** Rows that a run would remove. */
	public long rowsDue() {
		return this.tables.values().stream().mapToLong(Stock::due).sum();
	}

	/** The time of the oldest of them; null if there is none or none has a time. */
	public @Nullable Instant oldestDueAt() {
		return this.tables.values()
			.stream()
			.map(Stock::oldestDue)
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
	}

}
