package com.delula.retention.notify;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whom to notify, and of what.
 *
 * @param webhooks who is notified; nobody by default
 * @param dueRows notify when a task has this many rows due; 0 for never
 * @param dueRowsOf the same for single tasks, by their names
 * @param timeout how long a receiver may take to answer, 1 s to 1 min
 * @param retryDelay the pause before the second attempt; it doubles with each attempt, up
 * to an hour
 * @param retryFor how long a notification is tried, 1 min to 7 days
 * @param keep how long ended notifications are remembered, 1 to 90 days
 * @param checkInterval how often tasks are looked at, 1 s to 10 min
 */
@ConfigurationProperties("retention.notify")
public record NotifyProperties(@DefaultValue List<Webhook> webhooks, @DefaultValue("0") long dueRows,
		@DefaultValue Map<String, Long> dueRowsOf, @DefaultValue("10s") Duration timeout,
		@DefaultValue("5s") Duration retryDelay, @DefaultValue("24h") Duration retryFor,
		@DefaultValue("7d") Duration keep, @DefaultValue("15s") Duration checkInterval) {

	static final String PREFIX = "retention.notify.";

	private static final String ROWS = "a whole number from 0; 0 for never";

	public NotifyProperties {
		webhooks = List.copyOf(webhooks);
		dueRowsOf = Map.copyOf(dueRowsOf);
		Endpoint.all(webhooks);
		Setting.require(dueRows >= 0, PREFIX + "due-rows", dueRows, ROWS);
		dueRowsOf.forEach((task, rows) -> Setting.require(rows >= 0, PREFIX + "due-rows-of." + task, rows, ROWS));
		Setting.between(PREFIX + "timeout", timeout, Duration.ofSeconds(1), Duration.ofMinutes(1));
		Setting.between(PREFIX + "retry-delay", retryDelay, Duration.ofMillis(100), Duration.ofHours(1));
		Setting.between(PREFIX + "retry-for", retryFor, Duration.ofMinutes(1), Duration.ofDays(7));
		Setting.between(PREFIX + "keep", keep, Duration.ofDays(1), Duration.ofDays(90));
		Setting.between(PREFIX + "check-interval", checkInterval, Duration.ofSeconds(1), Duration.ofMinutes(10));
	}

	/** The number of due rows of a task to notify at; 0 for never. */
	long threshold(String task) {
		return this.dueRowsOf.getOrDefault(task, this.dueRows);
	}

	/**
	 * One who is notified.
	 *
	 * @param name what logs, the doctor and the command line call it; by default
	 * {@code webhook-} and its number
	 * @param url where notifications are posted to; may hold a secret, and is never shown
	 * @param secret {@code whsec_} and the key in Base64; several, separated by spaces,
	 * while it is changed
	 * @param events which events; all by default
	 */
	public record Webhook(@Nullable String name, @Nullable String url, @Nullable String secret,
			@DefaultValue List<String> events) {

		@Override
		public String toString() {
			return "Webhook[name=" + this.name + ", events=" + this.events + "]";
		}

	}

}
