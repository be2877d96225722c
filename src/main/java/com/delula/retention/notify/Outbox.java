package com.delula.retention.notify;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Notifications on their way. All instances share them; who sends one claims it for as
 * long as that may take. All times are the database's.
 */
final class Outbox {

	/** An instance that died while sending has had its claim for this much longer. */
	private static final Duration GRACE = Duration.ofSeconds(20);

	private static final String ADD = """
			INSERT INTO retention_notification (id, webhook, event_key, type, body)
			VALUES (:id, :webhook, :key, :type, :body)
			ON CONFLICT (webhook, event_key) DO NOTHING
			""";

	private static final String CLAIM = """
			UPDATE retention_notification n
			SET attempts = n.attempts + 1, next_attempt_at = clock_timestamp() + make_interval(secs => :lease)
			WHERE n.id = (SELECT c.id
				FROM retention_notification c
				WHERE c.webhook = :webhook AND c.state = 'pending' AND c.next_attempt_at <= clock_timestamp()
				ORDER BY c.created_at, c.id
				LIMIT 1
				FOR UPDATE SKIP LOCKED)
			RETURNING n.id, n.type, n.body, n.attempts
			""";

	private static final String DELIVERED = """
			UPDATE retention_notification
			SET state = 'delivered', ended_at = clock_timestamp(), error = NULL
			WHERE id = :id AND state = 'pending'
			""";

	/** Only for the attempt that failed: by now another instance may have claimed it. */
	private static final String AGAIN = """
			UPDATE retention_notification
			SET error = :error,
				state = CASE WHEN created_at + make_interval(secs => :retryFor) <= clock_timestamp()
					THEN 'failed' ELSE 'pending' END,
				ended_at = CASE WHEN created_at + make_interval(secs => :retryFor) <= clock_timestamp()
					THEN clock_timestamp() END,
				next_attempt_at = least(clock_timestamp() + make_interval(secs => :delay),
					greatest(created_at + make_interval(secs => :retryFor), clock_timestamp()))
			WHERE id = :id AND state = 'pending' AND attempts = :attempts
			RETURNING state = 'failed'
			""";

	private static final String GIVE_UP = """
			UPDATE retention_notification
			SET state = 'failed', ended_at = clock_timestamp(), error = :error
			WHERE webhook = :webhook AND state = 'pending'
			""";

	/** Those of a webhook that is no longer configured anywhere. */
	private static final String ABANDON = """
			UPDATE retention_notification
			SET state = 'failed', ended_at = clock_timestamp(), error = coalesce(error, 'no instance has this webhook')
			WHERE state = 'pending' AND next_attempt_at < clock_timestamp() - interval '1 hour'
				AND created_at < clock_timestamp() - make_interval(secs => :retryFor)
			""";

	private static final String FORGET = """
			DELETE FROM retention_notification
			WHERE state <> 'pending' AND ended_at < clock_timestamp() - make_interval(secs => :keep)
			""";

	private static final String COUNT = "SELECT count(*) FROM retention_notification WHERE state = :state";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final NotifyProperties properties;

	Outbox(JdbcClient jdbc, TransactionTemplate transaction, NotifyProperties properties) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.properties = properties;
	}

	/**
	 * Adds a notification, unless there is one of the event; in the caller's transaction.
	 */
	void add(Endpoint endpoint, Event event) {
		this.jdbc.sql(ADD)
			.param("id", UUID.randomUUID())
			.param("webhook", endpoint.name())
			.param("key", event.key())
			.param("type", event.type())
			.param("body", event.body())
			.update();
	}

	/** Takes the oldest notification that is to be sent now; empty if there is none. */
	Optional<Notification> claim(Endpoint endpoint) {
		Duration lease = this.properties.timeout().plus(GRACE);
		Optional<Notification> claimed = this.transaction.execute((tx) -> this.jdbc.sql(CLAIM)
			.param("webhook", endpoint.name())
			.param("lease", lease.toSeconds())
			.query(Notification.class)
			.optional());
		return (claimed != null) ? claimed : Optional.empty();
	}

	void delivered(Notification notification) {
		this.transaction.executeWithoutResult((tx) -> this.jdbc.sql(DELIVERED).param("id", notification.id()).update());
	}

	/**
	 * Plans the next attempt.
	 * @param delay how long to wait for it
	 * @return whether it was given up, because it has been tried for long enough
	 */
	boolean again(Notification notification, String error, Duration delay) {
		return Boolean.TRUE.equals(this.transaction.execute((tx) -> this.jdbc.sql(AGAIN)
			.param("id", notification.id())
			.param("attempts", notification.attempts())
			.param("error", error)
			.param("delay", delay.toMillis() / 1000.0)
			.param("retryFor", this.properties.retryFor().toSeconds())
			.query(Boolean.class)
			.optional()
			.orElse(false)));
	}

	/** Gives up all that wait for a webhook; in the caller's transaction. */
	void giveUp(Endpoint endpoint, String error) {
		this.jdbc.sql(GIVE_UP).param("webhook", endpoint.name()).param("error", error).update();
	}

	/** Gives up what nobody sends any more, and deletes what ended long ago. */
	void tidy() {
		this.transaction.executeWithoutResult((tx) -> {
			this.jdbc.sql(ABANDON).param("retryFor", this.properties.retryFor().toSeconds()).update();
			this.jdbc.sql(FORGET).param("keep", this.properties.keep().toSeconds()).update();
		});
	}

	/** Notifications in a state: {@code pending}, {@code delivered} or {@code failed}. */
	long count(String state) {
		return this.jdbc.sql(COUNT).param("state", state).query(Long.class).single();
	}

	/**
	 * A notification that this instance has claimed.
	 *
	 * @param id its id, also the receiver's means to recognize it
	 * @param type the event's type
	 * @param body what is posted
	 * @param attempts how often it was claimed, this time included
	 */
	record Notification(UUID id, String type, String body, int attempts) {

		/** The value of {@code webhook-id}: the same for each attempt. */
		String messageId() {
			return "msg_" + this.id.toString().replace("-", "");
		}

	}

}
