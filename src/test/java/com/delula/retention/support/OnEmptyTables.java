package com.delula.retention.support;

import java.util.List;
import java.util.Map;

import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tests of a shared service, each on empty tables; on an existing installation unless a
 * subclass says otherwise.
 */
public abstract class OnEmptyTables {

	protected Installation installation;

	protected Service service;

	protected Api api;

	protected Rows rows;

	protected JdbcClient jdbc;

	protected Installation installation() {
		return Installation.EXISTING;
	}

	@BeforeEach
	void onEmptyTables() {
		this.installation = installation();
		this.service = Service.shared(this.installation);
		this.api = this.service.api();
		this.jdbc = this.service.jdbc();
		this.rows = this.service.database().rows();
		this.rows.clear();
		this.jdbc.sql("DELETE FROM retention_run").update();
		this.jdbc.sql("DELETE FROM users WHERE id NOT IN ('system_backlog', 'alice', 'bob')").update();
		this.jdbc.sql("INSERT INTO users (id) VALUES ('alice'), ('bob') ON CONFLICT DO NOTHING").update();
	}

	/** Cleans up and expects it to go well. */
	protected JsonNode clean() {
		return this.api.post(Api.RUN).ok();
	}

	protected JsonNode purge() {
		return this.api.post(Api.PURGE).ok();
	}

	/** The status after whatever the test has done by SQL, which no status notices. */
	protected JsonNode status() {
		this.api.post(Api.RUN + "?dryRun=true").ok();
		return this.api.get(Api.STATUS).ok();
	}

	/** The same for the jobs. */
	protected JsonNode purgeStatus() {
		this.api.post(Api.PURGE + "?dryRun=true").ok();
		return this.api.get(Api.PURGE_STATUS).ok();
	}

	/** The ledger, oldest first. */
	protected List<Map<String, Object>> ledger() {
		return this.jdbc.sql("SELECT * FROM credit_transactions ORDER BY created_at, id").query().listOfRows();
	}

	protected long runs() {
		return this.jdbc.sql("SELECT count(*) FROM retention_run").query(Long.class).single();
	}

}
