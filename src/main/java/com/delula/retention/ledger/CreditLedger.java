package com.delula.retention.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.Ledger;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Books runs to the backlog user's account in {@code credit_transactions}. */
class CreditLedger implements Ledger {

	private static final Logger log = LoggerFactory.getLogger(CreditLedger.class);

	private static final String USER_EXISTS = "SELECT EXISTS (SELECT FROM users WHERE id = :user)";

	private static final JsonMapper JSON = new JsonMapper();

	private final LedgerRepository entries;

	private final LedgerShape shape;

	private final JdbcClient jdbc;

	private final String userId;

	CreditLedger(LedgerRepository entries, LedgerShape shape, JdbcClient jdbc, String userId) {
		this.entries = entries;
		this.shape = shape;
		this.jdbc = jdbc;
		this.userId = userId;
	}

	@Override
	public void check() {
		if (!this.jdbc.sql(USER_EXISTS).param("user", this.userId).query(Boolean.class).single()) {
			throw InstallationIncompleteException.noUser(this.userId);
		}
	}

	@EventListener(ApplicationReadyEvent.class)
	void warnAtStart() {
		try {
			check();
		}
		catch (InstallationIncompleteException ex) {
			log.error("No run can begin: {}", ex.getMessage());
		}
	}

	@Override
	public void book(Run run, String type) {
		Map<String, @Nullable Object> entry = new LinkedHashMap<>();
		if (this.shape.id()) {
			entry.put("id", UUID.randomUUID().toString());
		}
		entry.put("user_id", this.userId);
		entry.put("amount", run.rowsRemoved());
		entry.put("type", type);
		entry.put("description", describe(run));
		entry.put("created_at", Objects.requireNonNull(run.finishedAt()).toString());
		entry.put("metadata", metadata(run));
		insert(JSON.writeValueAsString(entry));
	}

	private void insert(String entry) {
		if (this.shape.metadata() && this.shape.id()) {
			this.entries.insertWithId(entry);
		}
		else if (this.shape.metadata()) {
			this.entries.insert(entry);
		}
		else if (this.shape.id()) {
			this.entries.insertWithIdWithoutMetadata(entry);
		}
		else {
			this.entries.insertWithoutMetadata(entry);
		}
	}

	private static String describe(Run run) {
		StringBuilder text = new StringBuilder();
		text.append((run.mode() == Mode.EMERGENCY) ? "EMERGENCY " : "")
			.append(run.task().replace('-', ' '))
			.append(": ")
			.append(run.rowsRemoved())
			.append((run.rowsRemoved() == 1) ? " row removed" : " rows removed");
		if (run.removedByTable().size() > 1) {
			text.append(" (");
			run.removedByTable().forEach((table, rows) -> text.append(rows).append(' ').append(table).append(", "));
			text.setLength(text.length() - 2);
			text.append(')');
		}
		if (run.status() != RunStatus.SUCCEEDED) {
			text.append("; run ").append(run.status().label().replace('_', ' '));
			text.append((run.error() != null) ? ": " + run.error() : "");
		}
		return text.toString();
	}

	private static Map<String, @Nullable Object> metadata(Run run) {
		Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
		metadata.put("runId", run.id().toString());
		metadata.put("task", run.task());
		metadata.put("mode", run.mode().label());
		metadata.put("trigger", run.trigger().label());
		metadata.put("actor", run.actor());
		metadata.put("status", run.status().label());
		metadata.put("cutoff", run.cutoff().toString());
		metadata.put("startedAt", run.startedAt().toString());
		metadata.put("finishedAt", Objects.requireNonNull(run.finishedAt()).toString());
		metadata.put("options", run.options());
		metadata.put("removedByTable", run.removedByTable());
		metadata.put("rowsKeptReferenced", run.rowsKeptReferenced());
		metadata.put("error", run.error());
		return metadata;
	}

}
