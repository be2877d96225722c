package com.delula.retention.run;

import java.time.Duration;

import com.delula.retention.validation.Setting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How runs are carried out.
 *
 * @param workers Threads that remove rows in one run, 1 to 16; each takes a connection.
 * Below a duty cycle of 1 they take turns.
 * @param maxDuration A run that takes longer ends as timed_out; the next run continues.
 * @param dutyCycle Largest share of the time that a run spends deleting, 0.01 to 1; less
 * beside other load. An emergency takes 1.
 * @param batch the size of a batch
 * @param lease How long the lock of a dead instance lasts, 5s to 1m.
 * @param retryFor How long a run retries when the database is unreachable or in its way.
 * @param history how long ended runs are remembered
 */
@ConfigurationProperties("retention.run")
public record RunProperties(@DefaultValue("2") int workers, @DefaultValue("1h") Duration maxDuration,
		@DefaultValue("0.5") double dutyCycle, @DefaultValue Batch batch, @DefaultValue("30s") Duration lease,
		@DefaultValue("2m") Duration retryFor, @DefaultValue History history) {

	private static final String PREFIX = "retention.run.";

	/** Counting six million candidates takes some seconds. */
	private static final Duration LONGEST_COUNT = Duration.ofMinutes(1);

	/**
	 * The longest that a count may take before a run goes on without it: a minute, or a
	 * tenth of the run's own time where that is less.
	 */
	public Duration countTimeout() {
		Duration tenth = this.maxDuration.dividedBy(10);
		return (tenth.compareTo(LONGEST_COUNT) < 0) ? tenth : LONGEST_COUNT;
	}

	/** The share of the time that a run spends removing, unless somebody changes it. */
	public double dutyCycle(Mode mode) {
		return (mode == Mode.EMERGENCY) ? 1 : this.dutyCycle;
	}

	public RunProperties {
		Setting.require(workers >= 1 && workers <= 16, PREFIX + "workers", workers, "a whole number from 1 to 16");
		Setting.between(PREFIX + "max-duration", maxDuration, Duration.ofSeconds(1), Duration.ofDays(7));
		Setting.require(dutyCycle >= 0.01 && dutyCycle <= 1, PREFIX + "duty-cycle", dutyCycle,
				"a number from 0.01 to 1");
		Setting.between(PREFIX + "lease", lease, Duration.ofSeconds(5), Duration.ofMinutes(1));
		Setting.between(PREFIX + "retry-for", retryFor, Duration.ZERO, Duration.ofHours(1));
	}

	/**
	 * The size of a batch finds itself between these bounds.
	 *
	 * @param target Duration to which the size of batches is fitted.
	 * @param minRows Rows in the smallest batch.
	 * @param maxRows Rows in the largest batch; also bounds the work that is lost when a
	 * batch is rolled back.
	 * @param maxRowsPaced Rows in the largest batch below a duty cycle of 1, where that
	 * is between the other two. Other commits wait while the log of a batch is flushed.
	 * @param statementTimeout Limit of each statement of a batch.
	 * @param lockTimeout Limit of a wait for a row that another session holds.
	 */
	public record Batch(@DefaultValue("250ms") Duration target, @DefaultValue("50") int minRows,
			@DefaultValue("100000") int maxRows, @DefaultValue("200") int maxRowsPaced,
			@DefaultValue("30s") Duration statementTimeout, @DefaultValue("2s") Duration lockTimeout) {

		public Batch {
			Setting.between(PREFIX + "batch.target", target, Duration.ofMillis(10), Duration.ofSeconds(10));
			Setting.require(minRows >= 1 && minRows <= 1_000_000, PREFIX + "batch.min-rows", minRows,
					"a whole number from 1 to 1000000");
			Setting.require(maxRows >= minRows && maxRows <= 1_000_000, PREFIX + "batch.max-rows", maxRows,
					"a whole number from " + minRows + " (" + PREFIX + "batch.min-rows) to 1000000");
			Setting.require(maxRowsPaced >= 1 && maxRowsPaced <= 1_000_000, PREFIX + "batch.max-rows-paced",
					maxRowsPaced, "a whole number from 1 to 1000000");
			Setting.between(PREFIX + "batch.statement-timeout", statementTimeout, Duration.ofMillis(100),
					Duration.ofMinutes(10));
			Setting.between(PREFIX + "batch.lock-timeout", lockTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
		}

	}

	/**
	 * How long ended runs are remembered.
	 *
	 * @param maxAge Older runs are deleted from the history.
	 * @param keepPerTask Newest runs of each rule that stay in the history whatever their
	 * age.
	 */
	public record History(@DefaultValue("90d") Duration maxAge, @DefaultValue("100") int keepPerTask) {

		public History {
			Setting.between(PREFIX + "history.max-age", maxAge, Duration.ofDays(1), Duration.ofDays(36_500));
			Setting.require(keepPerTask >= 1 && keepPerTask <= 1_000_000, PREFIX + "history.keep-per-task", keepPerTask,
					"a whole number from 1 to 1000000");
		}

	}

}
