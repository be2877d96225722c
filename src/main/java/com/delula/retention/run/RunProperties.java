package com.delula.retention.run;

import java.time.Duration;

import com.delula.retention.validation.Setting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How runs are carried out.
 *
 * @param workers threads that remove rows side by side in one run, 1 to 16
 * @param maxDuration after this a run ends as timed out and the next goes on
 * @param dutyCycle share of the time spent removing, above 0 and up to 1; an emergency
 * always runs at 1
 * @param batch the size of a batch
 * @param lease how long the lock of an instance that died stays, 5 s to 1 min; it is
 * renewed three times as often
 * @param retryFor how long a run tries again when the database is away or in its way
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
	 * @param target the duration that a batch aims at
	 * @param minRows rows in the smallest batch
	 * @param maxRows rows in the largest batch; also bounds the work that is lost when a
	 * batch is rolled back
	 * @param maxRowsPaced the same of a run that pauses, where that is between the two
	 * others; what a batch writes to the server's log is flushed in one go, and others
	 * wait for that
	 * @param statementTimeout limit of each statement of a batch
	 * @param lockTimeout limit of a wait for a row that somebody else holds
	 */
	public record Batch(@DefaultValue("250ms") Duration target, @DefaultValue("50") int minRows,
			@DefaultValue("25000") int maxRows, @DefaultValue("200") int maxRowsPaced,
			@DefaultValue("30s") Duration statementTimeout, @DefaultValue("2s") Duration lockTimeout) {

		public Batch {
			Setting.between(PREFIX + "batch.target", target, Duration.ofMillis(10), Duration.ofSeconds(10));
			Setting.require(minRows >= 1 && minRows <= 1_000_000, PREFIX + "batch.min-rows", minRows,
					"a whole number from 1 to 1000000");
			Setting.require(maxRows >= minRows && maxRows <= 1_000_000, PREFIX + "batch.max-rows", maxRows,
					"a whole number from retention.run.batch.min-rows to 1000000");
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
	 * @param maxAge older ones are forgotten
	 * @param keepPerTask but the newest of each task never are
	 */
	public record History(@DefaultValue("90d") Duration maxAge, @DefaultValue("100") int keepPerTask) {

		public History {
			Setting.between(PREFIX + "history.max-age", maxAge, Duration.ofDays(1), Duration.ofDays(36_500));
			Setting.require(keepPerTask >= 1 && keepPerTask <= 1_000_000, PREFIX + "history.keep-per-task", keepPerTask,
					"a whole number from 1 to 1000000");
		}

	}

}
