package com.delula.retention.status;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is to be expected of a rule.
 *
 * @param arrivingPerHour rows that came to be candidates in an hour, on average over the
 * last 24 hours
 * @param dueAtNextRun rows, of those that are there now, that are due at the next run;
 * those due now where the rule never runs by itself
 * @param nextRunAt when that run starts; null where the rule never runs by itself
 * @param secondsForNextRun how long it takes at the pace of the last runs; null before
 * there is one
 * @param keepsUp whether runs remove at least what arrives between two of them, within
 * their time limit; null where that cannot be told
 */
public record Forecast(double arrivingPerHour, long dueAtNextRun, @Nullable Instant nextRunAt,
		@Nullable Double secondsForNextRun, @Nullable Boolean keepsUp) {

}
