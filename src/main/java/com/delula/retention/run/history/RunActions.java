package com.delula.retention.run.history;

import java.util.Map;
import java.util.UUID;

import com.delula.retention.run.Caller;
import com.delula.retention.run.RunAction;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes down what people do to runs: who, when and through which door. Kept with the run
 * and, where the run has not ended yet, in its row of the ledger.
 */
public class RunActions {

	private static final String RECORD = """
			UPDATE retention_run
			SET actions = actions || jsonb_build_object('action', CAST(:action AS text), 'actor', CAST(:actor AS text),
				'door', CAST(:door AS text),
				'at', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
				'details', CAST(:details AS jsonb))
			WHERE id = :id
			""";

	private static final JsonMapper JSON = new JsonMapper();

	private final JdbcClient jdbc;

	RunActions(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Writes down an action, in the transaction of the caller if there is one.
	 * @param run the run; nothing is written if there is none
	 * @param action what was done, such as {@link RunAction#CANCELLED}
	 * @param by who did it, and through which door
	 * @param details what belongs to it, by name
	 */
	public void record(UUID run, String action, Caller by, Map<String, String> details) {
		this.jdbc.sql(RECORD)
			.param("id", run)
			.param("action", action)
			.param("actor", by.actor())
			.param("door", by.door().label())
			.param("details", JSON.writeValueAsString(details))
			.update();
	}

}
