package com.delula.retention.pgcron;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.database.SqlFault;
import com.delula.retention.database.SqlLiteral;
import com.delula.retention.installation.Catalog;
import com.delula.retention.rule.Rule;
import com.delula.retention.statement.FunctionSql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the functions inside the database as the rules and their settings are here. Only
 * a function whose text or comment differs is written, by one instance at a time.
 */
final class RuleFunctions {

	/** The backlog cleanup's function under the name that it has always had. */
	static final String BACKLOG = "backlog_cleanup_failed_generations";

	private static final Logger log = LoggerFactory.getLogger(RuleFunctions.class);

	/** Any number that nobody else uses: the bytes of "retentiF". */
	private static final long LOCK = 0x726574656e746946L;

	/** A role may default to reading only, or to a timeout of milliseconds. */
	private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE";

	private static final String GUARD = """
			SELECT set_config('statement_timeout', '1min', true), set_config('lock_timeout', '30s', true)
			""";

	private static final String LOCKED = "SELECT pg_advisory_xact_lock(:lock)";

	private static final String TEXT = """
			SELECT p.prosrc AS body, coalesce(obj_description(p.oid, 'pg_proc'), '') AS comment
			FROM pg_proc p
			WHERE p.oid = to_regprocedure(CAST(:function AS text) || '()')
			""";

	private static final String SCHEMAS = """
			SELECT string_agg(quote_ident(s), ', ') FROM unnest(current_schemas(false)) AS s
			""";

	/**
	 * Fixed surroundings, with the caller's rights: the tables are those of the
	 * migrations whatever the caller's search_path, and no time depends on the caller's
	 * zone.
	 */
	private static final String CREATE = """
			CREATE OR REPLACE FUNCTION %s() RETURNS bigint LANGUAGE plpgsql VOLATILE SECURITY INVOKER
			SET search_path = %s, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET jit = off
			SET lock_timeout = '10s' SET intervalstyle = 'postgres' SET extra_float_digits = 1
			AS %s
			""";

	private static final String REVOKE = "REVOKE ALL ON FUNCTION %s() FROM PUBLIC";

	private static final String COMMENT = "COMMENT ON FUNCTION %s() IS %s";

	private final JdbcTemplate jdbc;

	private final JdbcClient client;

	private final TransactionTemplate transaction;

	private final Catalog catalog;

	private final List<Rule> rules;

	private final String ledgerUser;

	private final AtStart atStart;

	/**
	 * Keeps functions.
	 * @param dataSource that of the migrations, whose role may be another
	 * @param ledgerUser the user to whose account runs are booked
	 * @param atStart which functions the start may write
	 */
	RuleFunctions(DataSource dataSource, List<Rule> rules, String ledgerUser, AtStart atStart) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.client = JdbcClient.create(this.jdbc);
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.catalog = new Catalog(this.client);
		this.rules = List.copyOf(rules);
		this.ledgerUser = ledgerUser;
		this.atStart = atStart;
	}

	/**
	 * Called at the start. Nothing else depends on it, so that it never fails a start.
	 */
	void start() {
		if (this.atStart == AtStart.ALL) {
			follow();
		}
		if (this.atStart != AtStart.MISSING) {
			return;
		}
		attempt(() -> {
			if (names().keySet().stream().anyMatch((name) -> !found(name).body().contains(FunctionSql.SIGN))) {
				write();
			}
		});
	}

	/** Has the functions follow the rules as they are here. */
	void follow() {
		attempt(this::write);
	}

	private static void attempt(Runnable work) {
		try {
			work.run();
		}
		catch (IllegalStateException ex) {
			log.debug("A rule does not fit the database; the start's own check names it: {}", ex.getMessage());
		}
		catch (RuntimeException ex) {
			log.warn(
					"The functions inside the database stay as they are and may not follow the settings: {}."
							+ " To fix: start the service once with SPRING_FLYWAY_USER set to the role that owns them",
					SqlFault.reason(ex));
		}
	}

	private Map<String, Rule> names() {
		Map<String, Rule> names = new LinkedHashMap<>();
		for (Rule rule : this.rules) {
			names.put(FunctionSql.name(rule), rule);
			if (rule.name().equals(BacklogCleanup.NAME)) {
				names.put(BACKLOG, rule);
			}
		}
		return names;
	}

	private void write() {
		Map<String, Text> wanted = new LinkedHashMap<>();
		Map<Rule, String> bodies = new LinkedHashMap<>();
		names().forEach((name, rule) -> {
			String body = bodies.computeIfAbsent(rule,
					(key) -> new FunctionSql(this.catalog, key, this.ledgerUser).body());
			Text found = found(name);
			Text text = new Text(body, comment(rule, found));
			if (!found.equals(text)) {
				wanted.put(name, text);
			}
		});
		if (!wanted.isEmpty()) {
			this.transaction.executeWithoutResult((tx) -> replace(wanted));
		}
	}

	/** Only a service tells its settings; what one has told outlives a command. */
	private String comment(Rule rule, Text found) {
		if (this.atStart == AtStart.ALL) {
			return ServiceSettings.comment(rule);
		}
		return ServiceSettings.isTold(found.comment()) ? found.comment() : ServiceSettings.COMMENT;
	}

	private void replace(Map<String, Text> wanted) {
		this.jdbc.execute(BEGIN);
		this.client.sql(GUARD).query().listOfRows();
		this.client.sql(LOCKED).param("lock", LOCK).query().listOfRows();
		String schemas = this.client.sql(SCHEMAS).query(String.class).single();
		wanted.forEach((name, text) -> {
			Text found = found(name);
			if (found.equals(text)) {
				return;
			}
			this.jdbc.execute(CREATE.formatted(name, schemas, SqlLiteral.dollarQuoted(text.body())));
			if (found.equals(Text.NONE)) {
				this.jdbc.execute(REVOKE.formatted(name));
			}
			this.jdbc.execute(COMMENT.formatted(name, SqlLiteral.of(text.comment())));
			log.info("The function {}() in the database now follows the settings of this instance", name);
		});
	}

	private Text found(String name) {
		return this.client.sql(TEXT).param("function", name).query(Text.class).optional().orElse(Text.NONE);
	}

	/**
	 * What is written of a function.
	 *
	 * @param body what it does
	 * @param comment what the database says of it
	 */
	private record Text(String body, String comment) {

		static final Text NONE = new Text("", "");

	}

	/** Which functions a start may write. */
	enum AtStart {

		/** All that differ from what is configured here. */
		ALL,

		/** Only those that are missing, or that a migration left. */
		MISSING,

		NONE

	}

}
