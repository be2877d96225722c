package com.delula.retention.notify;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What all instances last knew of the tasks. The instance that sees a change first
 * records it, in the transaction that adds the notifications; an observation that is
 * older than the last one recorded changes nothing.
 */
final class Alarms {

	private static final String KNOW = """
			INSERT INTO retention_alarm (task, kind)
			VALUES (:task, :kind)
			ON CONFLICT (task, kind) DO NOTHING
			""";

	private static final String OBSERVE = """
			UPDATE retention_alarm
			SET as_of = :asOf
			WHERE task = :task AND kind = :kind AND as_of < :asOf
			RETURNING active
			""";

	private static final String CHANGE = """
			UPDATE retention_alarm
			SET active = :active
			WHERE task = :task AND kind = :kind
			""";

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Outbox outbox;

	Alarms(JdbcClient jdbc, TransactionTemplate transaction, Outbox outbox) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.outbox = outbox;
	}

	/**
	 * Records an observation.
	 * @param asOf when it was made, by the database's clock
	 * @param event what to tell if it is a change; empty for nothing
	 * @param endpoints whom to tell
	 */
	void observe(String task, Kind kind, boolean active, Instant asOf, Optional<Event> event,
			List<Endpoint> endpoints) {
		this.transaction.executeWithoutResult((tx) -> {
			this.jdbc.sql(KNOW).param("task", task).param("kind", kind.label()).update();
			if (isChange(task, kind, active, asOf)) {
				this.jdbc.sql(CHANGE).param("task", task).param("kind", kind.label()).param("active", active).update();
				event.ifPresent((told) -> endpoints.forEach((endpoint) -> this.outbox.add(endpoint, told)));
			}
		});
	}

	private boolean isChange(String task, Kind kind, boolean active, Instant asOf) {
		return this.jdbc.sql(OBSERVE)
			.param("task", task)
			.param("kind", kind.label())
			.param("asOf", asOf.atOffset(ZoneOffset.UTC))
			.query(Boolean.class)
			.optional()
			.filter((before) -> before != active)
			.isPresent();
	}

	/** What is observed of a task. */
	enum Kind {

		/** It has not succeeded for two of its intervals. */
		OVERDUE("overdue"),

		/** It is overdue or its last run failed, as health reports it. */
		DOWN("down"),

		/** Too many of its rows are due. */
		DUE_ROWS("due-rows");

		private final String label;

		Kind(String label) {
			this.label = label;
		}

		String label() {
			return this.label;
		}

	}

}
