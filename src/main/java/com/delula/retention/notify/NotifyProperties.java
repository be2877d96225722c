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
 * @param webhooks Who is notified: url, secret, events and name of each webhook.
 * @param dueRows Notify when a rule has this many rows due; 0 for never.
 * @param dueRowsOf The same for single rules, by name.
 * @param timeout How long a receiver may take to answer, 1s to 1m.
 * @param retryDelay Pause before the second attempt; it doubles with each attempt, up to
 * an hour.
 * @param retryFor How long a notification is retried, 1m to 7d.
 * @param keep How long ended notifications are kept, 1d to 90d.
 * @param checkInterval How often tasks are checked, 1s to 10m.
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
