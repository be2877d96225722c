package com.delula.retention.notify;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.delula.retention.run.history.RunHistory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds runs that webhooks have to be told of. The history itself is the record of what
 * has happened, so that a run is told of whoever closed it: an instance that was killed
 * right afterwards, the command line or a function inside the database.
 */
final class RunEvents {

	/** The condition on status is that of the index. */
	private static final String UNTOLD = """
			SELECT r.id
			FROM retention_run r
			JOIN retention_webhook w ON w.name = :webhook
			WHERE r.status IN ('failed', 'refused', 'timed_out') AND r.status IN (:statuses) AND NOT r.dry_run
				AND r.finished_at > greatest(w.since, clock_timestamp() - make_interval(secs => :within))
				AND NOT EXISTS (SELECT FROM retention_notification n
					WHERE n.webhook = :webhook AND n.event_key = 'run:' || CAST(r.id AS text))
			ORDER BY r.finished_at, r.id
			LIMIT 100
			""";

	private final JdbcClient jdbc;

	private final RunHistory history;

	private final RunTexts texts;

	private final Outbox outbox;

	private final TransactionTemplate transaction;

	private final Duration within;

	/**
	 * Finds runs.
	 * @param within what ended longer ago is not told any more; notifications must be
	 * kept for longer than that
	 */
	RunEvents(JdbcClient jdbc, RunHistory history, RunTexts texts, Outbox outbox, TransactionTemplate transaction,
			Duration within) {
		this.jdbc = jdbc;
		this.history = history;
		this.texts = texts;
		this.outbox = outbox;
		this.transaction = transaction;
		this.within = within;
	}

	/** Adds the notifications that a webhook has not been sent yet. */
	void look(Endpoint endpoint) {
		List<String> statuses = EventType.runStatuses(endpoint.events());
		if (statuses.isEmpty()) {
			return;
		}
		for (UUID id : untold(endpoint, statuses)) {
			this.history.find(id)
				.map(this.texts::event)
				.ifPresent((event) -> this.transaction.executeWithoutResult((tx) -> this.outbox.add(endpoint, event)));
		}
	}

	private List<UUID> untold(Endpoint endpoint, List<String> statuses) {
		return this.jdbc.sql(UNTOLD)
			.param("webhook", endpoint.name())
			.param("statuses", statuses)
			.param("within", this.within.toSeconds())
			.query(UUID.class)
			.list();
	}

}
