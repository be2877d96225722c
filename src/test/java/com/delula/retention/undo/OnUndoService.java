package com.delula.retention.undo;

import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.Rows;
import com.delula.retention.support.Service;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Tests of the shared service with undo windows, each on empty tables. */
abstract class OnUndoService {

	static final Duration OLD = Duration.ofDays(3);

	final Service service = UndoService.shared().service();

	final Api api = this.service.api();

	final JdbcClient jdbc = UndoService.shared().database().jdbc();

	final Rows rows = UndoService.shared().database().rows();

	@BeforeEach
	void empty() {
		this.rows.clear();
		for (String table : List.of("things", "numbered", "retention_run", "retention_undo")) {
			this.jdbc.sql("DELETE FROM " + table).update();
		}
	}

	Answer restore(String run) {
		return this.api.post(Api.RUNS + "/" + run + "/restore");
	}

	/** The id of the run. */
	String run(String rule) {
		return this.api.post("/api/admin/rules/" + rule + "/run").ok().get("id").stringValue();
	}

	List<String> read(String sql) {
		return this.jdbc.sql(sql).query(String.class).list();
	}

}
