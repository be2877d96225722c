package com.delula.retention.admin;

import com.delula.retention.rule.SessionsRule;
import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests of a service that also has a rule that only the tests know. */
abstract class WithSessionsRule {

	static final String RULES = "/api/admin/rules";

	static final String SESSIONS = RULES + "/" + SessionsRule.NAME;

	static TestDatabase database;

	static Service service;

	Api api;

	@BeforeAll
	static void start() {
		database = TestDatabase.started();
		SessionsRule.createTable(database);
		service = Service.start(database, SessionsRule.ARGUMENT, "--retention.backlog.cron=0 2 * * *",
				"--retention.security.users[0].name=viewer", "--retention.security.users[0].role=VIEWER",
				"--retention.security.users[0].password={noop}" + Service.PASSWORD,
				"--retention.security.users[1].name=operator", "--retention.security.users[1].role=OPERATOR",
				"--retention.security.users[1].password={noop}" + Service.PASSWORD);
	}

	@AfterAll
	static void stop() {
		service.close();
		database.close();
	}

	@BeforeEach
	void onEmptyTables() {
		this.api = service.api();
		database.rows().clear();
		database.jdbc().sql("DELETE FROM sessions").update();
		database.jdbc().sql("DELETE FROM retention_run").update();
	}

}
