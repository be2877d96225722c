package com.delula.retention.run.batch;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Has the server compress the page images that a batch writes to its log, where the role
 * may. Batches change pages that have lain for a day, and the first change of a page
 * since a checkpoint writes it whole: most of what a run writes.
 */
final class LogCompression {

	private static final Logger log = LoggerFactory.getLogger(LogCompression.class);

	/** What a server is built with changes when it is replaced. */
	private static final Duration REMEMBERED = Duration.ofMinutes(1);

	/** lz4 takes a tenth of the time of what is always there. */
	private static final String METHOD = """
			SELECT CASE WHEN current_setting('wal_compression') <> 'off' OR current_setting('server_version_num')::int < 150000
				THEN '' WHEN 'lz4' = ANY (s.enumvals) THEN 'lz4' ELSE 'on' END
			FROM pg_settings s
			WHERE s.name = 'wal_compression'
			""";

	/** The right is looked at each time: it may be given or taken at any moment. */
	private static final String SETTING = """
			,
				CASE WHEN has_parameter_privilege('wal_compression', 'SET')
					THEN set_config('wal_compression', '%s', true) END""";

	private final JdbcTemplate jdbc;

	private volatile String setting = "";

	private volatile long looked = System.nanoTime() - REMEMBERED.toNanos() - 1;

	LogCompression(JdbcTemplate jdbc) {
		this.jdbc = jdbc;
	}

	/** More of a list of settings; empty where there is nothing to set. */
	String setting() {
		return this.setting;
	}

	/** Looks at the server, in a transaction of its own, if it has not for a while. */
	void look() {
		if (System.nanoTime() - this.looked < REMEMBERED.toNanos()) {
			return;
		}
		String method = this.jdbc.queryForObject(METHOD, String.class);
		this.setting = (method == null || method.isEmpty()) ? "" : SETTING.formatted(method);
		this.looked = System.nanoTime();
		log.debug("Batches compress the log with '{}'", method);
	}

}
