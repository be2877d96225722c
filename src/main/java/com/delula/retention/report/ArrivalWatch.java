package com.delula.retention.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import com.delula.retention.database.SqlFault;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.statement.ArrivalCounts;
import com.delula.retention.status.ArrivalLog;
import com.delula.retention.status.Counts;
import com.delula.retention.status.RunPatience;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Looks every ten minutes which rows have arrived, so that reports know of them when they
 * are gone. Every instance looks: what it finds is the same, and counted once.
 */
class ArrivalWatch {

	private static final Logger log = LoggerFactory.getLogger(ArrivalWatch.class);

	/** How far before the newest known hour it looks: rows may be written late. */
	private static final Duration OVERLAP = Duration.ofHours(3);

	/** The first look takes what is there, as far back as a report goes. */
	private static final Duration FIRST = Duration.ofDays(366);

	private static final Duration EVERY = Duration.ofMinutes(10);

	private final Rules rules;

	private final ArrivalCounts rows;

	private final ArrivalLog arrivals;

	private final RunDays runs;

	private final Counts counts;

	private final RunPatience patience;

	private @Nullable Long looked;

	ArrivalWatch(Rules rules, ArrivalCounts rows, ArrivalLog arrivals, RunDays runs, Counts counts,
			RunPatience patience) {
		this.rules = rules;
		this.rows = rows;
		this.arrivals = arrivals;
		this.runs = runs;
		this.counts = counts;
		this.patience = patience;
	}

	/** Asks each minute, because a run may be in the way. */
	@Scheduled(initialDelayString = "PT15S", fixedDelayString = "PT1M")
	void keepUp() {
		Long last = this.looked;
		if (last == null || System.nanoTime() - last >= EVERY.toNanos()) {
			this.patience.attempt(this::look);
		}
	}

	private void look() {
		this.looked = System.nanoTime();
		this.rules.all().forEach(this::attempt);
	}

	private void attempt(Rule rule) {
		try {
			look(rule);
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				log.debug("Could not count arrivals of {}: the database is unreachable", rule.name());
				return;
			}
			log.warn("Could not count arrivals of {}. Retrying in ten minutes: {}", rule.name(), SqlFault.reason(ex));
		}
	}

	void look(Rule rule) {
		Seen seen = this.counts.unattended(() -> {
			Instant now = this.runs.now();
			Instant since = this.arrivals.newest(rule.name())
				.map((newest) -> newest.minus(OVERLAP))
				.orElseGet(() -> now.minus(FIRST));
			return new Seen(now, this.rows.byHour(rule, wholeHour(since), now));
		});
		this.arrivals.remember(rule.name(), seen.at(), seen.hours());
	}

	private static Instant wholeHour(Instant time) {
		return time.truncatedTo(ChronoUnit.HOURS);
	}

	/**
	 * What was seen.
	 *
	 * @param at when
	 * @param hours rows by hours since 1970
	 */
	private record Seen(Instant at, Map<Long, Long> hours) {

	}

}
