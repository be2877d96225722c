package com.delula.retention.ledger;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.Ledger;
import com.delula.retention.run.LedgerEntry;
import com.delula.retention.run.Run;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Books runs to the backlog user's account in {@code credit_transactions}. */
class CreditLedger implements Ledger {

	private static final Logger log = LoggerFactory.getLogger(CreditLedger.class);

	private static final String USER_EXISTS = "SELECT EXISTS (SELECT FROM users WHERE id = :user)";

	private static final JsonMapper JSON = new JsonMapper();

	private final LedgerShape shape;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final RunDescription description;

	private final String userId;

	/** Types that the ledger is known to accept. */
	private final Set<String> tried = ConcurrentHashMap.newKeySet();

	CreditLedger(LedgerShape shape, JdbcClient jdbc, TransactionTemplate transaction, RunDescription description,
			String userId) {
		this.transaction = transaction;
		this.description = description;
		this.shape = shape;
		this.jdbc = jdbc;
		this.userId = userId;
	}

	@Override
	public void check(String type) {
		requireUser();
		if (this.tried.contains(type)) {
			return;
		}
		try {
			this.transaction.executeWithoutResult((tx) -> {
				tx.setRollbackOnly();
				insert(JSON.writeValueAsString(trial(type)));
			});
			this.tried.add(type);
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) != SqlFault.OTHER && SqlFault.of(ex) != SqlFault.REFERENCED) {
				throw ex;
			}
			log.error("The ledger does not accept rows of type {}", type, ex);
			throw InstallationIncompleteException.noBooking(type);
		}
	}

	/**
	 * A run that removed nothing is booked too, so the ledger must accept an amount of 0.
	 */
	private Map<String, @Nullable Object> trial(String type) {
		return entry(type, 0, "trial; never committed", Instant.EPOCH, Map.of());
	}

	private void requireUser() {
		if (!this.jdbc.sql(USER_EXISTS).param("user", this.userId).query(Boolean.class).single()) {
			throw InstallationIncompleteException.noUser(this.userId);
		}
	}

	@EventListener(ApplicationReadyEvent.class)
	void warnAtStart() {
		try {
			requireUser();
		}
		catch (InstallationIncompleteException ex) {
			log.error("No run can start: {}", ex.getMessage());
		}
		catch (DataAccessException ex) {
			log.warn("Could not check for the backlog user: {}", SqlFault.reason(ex));
		}
	}

	@Override
	public void book(Run run, String type) {
		LedgerEntry entry = entry(run, type);
		insert(JSON.writeValueAsString(entry(type, entry.amount(), entry.description(),
				Objects.requireNonNull(run.finishedAt()), metadata(run))));
	}

	@Override
	public LedgerEntry entry(Run run, String type) {
		return new LedgerEntry(this.userId, run.rowsRemoved(), type, this.shape.fit(this.description.of(run)));
	}

	private Map<String, @Nullable Object> entry(String type, long amount, String description, Instant createdAt,
			Map<String, @Nullable Object> metadata) {
		Map<String, @Nullable Object> entry = new LinkedHashMap<>();
		if (this.shape.id()) {
			entry.put("id", UUID.randomUUID().toString());
		}
		entry.put("user_id", this.userId);
		entry.put("amount", amount);
		entry.put("type", type);
		entry.put("description", description);
		entry.put("created_at", createdAt.toString());
		entry.put("metadata", metadata);
		return entry;
	}

	private void insert(String entry) {
		this.jdbc.sql(this.shape.insert()).param("entry", entry).update();
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
		metadata.put("rowsLeftLocked", run.rowsLeftLocked());
		metadata.put("error", run.error());
		metadata.put("note", run.note());
		metadata.put("expectedRows", run.expectedRows());
		metadata.put("actions", run.actions());
		return metadata;
	}

}
