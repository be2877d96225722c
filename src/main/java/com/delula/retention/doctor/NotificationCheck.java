package com.delula.retention.doctor;

import java.util.ArrayList;
import java.util.List;

import com.delula.retention.rule.Quantity;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Notifications that could not be delivered, and webhooks that take none at present. */
final class NotificationCheck implements Check {

	private static final String EXISTS = "SELECT to_regclass('retention_notification') IS NOT NULL";

	private static final String GONE = """
			SELECT name
			FROM retention_webhook
			WHERE gone_at IS NOT NULL
			ORDER BY name
			""";

	/** The service registers its webhooks when it starts. */
	private static final String ANY = "SELECT EXISTS (SELECT FROM retention_webhook)";

	/** A few attempts may fail while a receiver is restarted. */
	private static final String TROUBLED = """
			SELECT n.webhook, count(*) FILTER (WHERE n.state = 'failed') AS failed,
				count(*) FILTER (WHERE n.state = 'pending') AS pending,
				max(n.attempts) AS attempts,
				string_agg(DISTINCT n.type, ', ' ORDER BY n.type) AS types,
				to_char(min(n.created_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') AS since,
				coalesce((array_agg(n.error ORDER BY n.created_at DESC) FILTER (WHERE n.error IS NOT NULL))[1],
					'unknown') AS error
			FROM retention_notification n
			WHERE n.state = 'failed' OR n.state = 'pending' AND n.attempts >= 3 AND n.error IS NOT NULL
			GROUP BY n.webhook
			ORDER BY n.webhook
			""";

	private final ReadOnlyDatabase database;

	NotificationCheck(ReadOnlyDatabase database) {
		this.database = database;
	}

	@Override
	public String id() {
		return "notification";
	}

	@Override
	public String passed() {
		return "No notification is stuck";
	}

	@Override
	public List<Finding> run() {
		return this.database.read(this::check);
	}

	private List<Finding> check(JdbcClient jdbc) {
		List<Finding> findings = new ArrayList<>();
		if (!jdbc.sql(EXISTS).query(Boolean.class).single()) {
			return findings;
		}
		jdbc.sql(GONE).query(String.class).list().forEach((webhook) -> findings.add(gone(webhook)));
		for (Trouble trouble : jdbc.sql(TROUBLED).query(Trouble.class).list()) {
			findings.add((trouble.failed() > 0) ? undelivered(trouble) : waiting(trouble));
		}
		if (findings.isEmpty() && !jdbc.sql(ANY).query(Boolean.class).single()) {
			findings.add(Finding.ok(id(),
					"No notification is undelivered; no webhook is configured (retention.notify.webhooks)"));
		}
		return findings;
	}

	private Finding gone(String webhook) {
		return Finding.warning(id(), "Webhook " + webhook + " is turned off: its receiver answered 410 Gone",
				"It is not notified of anything until it is turned on again. This does not affect cleanups.",
				"-- Set another retention.notify.webhooks[n].url, or turn it on again once it takes messages: notify test\n"
						+ "-- If it is no longer configured:\nDELETE FROM retention_webhook WHERE name = '" + webhook
						+ "';");
	}

	private Finding undelivered(Trouble trouble) {
		return Finding.warning(id(),
				count(trouble.failed()) + " to webhook " + trouble.webhook() + " could not be delivered: "
						+ trouble.error(),
				"Nobody was told of these events (" + trouble.types() + ", since " + trouble.since()
						+ "). They are not tried again. This does not affect cleanups.",
				"-- Check the receiver, then: notify test\n-- To clear this finding:\nDELETE FROM retention_notification"
						+ " WHERE state = 'failed' AND webhook = '" + trouble.webhook() + "';");
	}

	private Finding waiting(Trouble trouble) {
		return Finding.warning(id(),
				count(trouble.pending()) + " to webhook " + trouble.webhook() + " waiting after up to "
						+ trouble.attempts() + " attempts: " + trouble.error(),
				"The receiver does not take notifications (" + trouble.types() + ", since " + trouble.since()
						+ "). They are tried again for retention.notify.retry-for. This does not affect cleanups.",
				"Check the receiver, then: notify test");
	}

	private static String count(long notifications) {
		return Quantity.of(notifications, "notification");
	}

	private record Trouble(String webhook, long failed, long pending, int attempts, String types, String since,
			String error) {

	}

}
