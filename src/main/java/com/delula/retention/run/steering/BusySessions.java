package com.delula.retention.run.steering;

import com.delula.retention.run.ThrottleProperties;
import com.delula.retention.run.WaitReason;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds out whether too many sessions of the database are busy. A role without pg_monitor
 * sees only what its own sessions do, and counts those.
 */
final class BusySessions {

	private static final String BUSY = """
			SELECT count(*)
			FROM pg_stat_activity a
			WHERE a.datname = current_database() AND a.backend_type = 'client backend' AND a.state = 'active'
				AND a.pid <> pg_backend_pid()
			""";

	private final JdbcClient jdbc;

	private final @Nullable Integer most;

	BusySessions(JdbcClient jdbc, ThrottleProperties properties) {
		this.jdbc = jdbc;
		this.most = properties.maxActiveSessions();
	}

	boolean isOn() {
		return this.most != null;
	}

	/**
	 * What to wait for; null if few enough are busy.
	 * @param own how many of them are the run's own
	 */
	@Nullable Hold hold(int own) {
		long busy = this.jdbc.sql(BUSY).query(Long.class).single();
		if (this.most == null || busy - own <= this.most) {
			return null;
		}
		return new Hold(WaitReason.ACTIVE_SESSIONS, "less load (more than " + this.most + " sessions are busy)");
	}

}
