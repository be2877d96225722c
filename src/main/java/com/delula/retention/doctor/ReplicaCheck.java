package com.delula.retention.doctor;

import java.time.Duration;
import java.util.List;

import com.delula.retention.rule.Quantity;

/** Standbys that are far behind; on a standby, its own delay. */
final class ReplicaCheck implements Check {

	/** A cleanup writes about this much WAL for a million rows. */
	private static final long MAX_WAL = 1L << 30;

	private static final String BEHIND = """
			SELECT coalesce(nullif(r.application_name, ''), 'standby') AS name,
				coalesce(extract(epoch FROM r.replay_lag), 0) AS seconds,
				coalesce(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN r.sent_lsn ELSE pg_current_wal_lsn() END,
					r.replay_lsn), 0) AS bytes
			FROM pg_stat_replication r
			WHERE r.state <> 'backup'
			UNION ALL
			SELECT 'this server', coalesce(extract(epoch FROM clock_timestamp() - pg_last_xact_replay_timestamp()), 0),
				coalesce(pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()), 0)
			WHERE pg_is_in_recovery() AND pg_last_wal_receive_lsn() IS DISTINCT FROM pg_last_wal_replay_lsn()
			""";

	/** A role without pg_monitor sees that there are some, and no more. */
	private static final String HIDDEN = "SELECT count(*) FROM pg_stat_replication r WHERE r.state IS NULL";

	private final ReadOnlyDatabase database;

	private final Duration limit;

	ReplicaCheck(ReadOnlyDatabase database, DoctorProperties properties) {
		this.database = database;
		this.limit = properties.replicaLag();
	}

	@Override
	public String id() {
		return "replica-lag";
	}

	@Override
	public String passed() {
		return "No standby is far behind";
	}

	@Override
	public List<Finding> run() {
		if (this.database.read((jdbc) -> jdbc.sql(HIDDEN).query(Long.class).single()) > 0) {
			return List.of(Finding.info(id(), "Replication: the service's role may not see how far standbys are behind",
					"Runs do not wait for standbys that fall behind (retention.throttle.max-replica-lag).",
					"GRANT pg_monitor TO " + this.database.role() + ";"));
		}
		return this.database.read((jdbc) -> jdbc.sql(BEHIND)
			.query(Lag.class)
			.stream()
			.filter((lag) -> lag.seconds() > this.limit.toMillis() / 1000.0 || lag.bytes() > MAX_WAL)
			.map(this::finding)
			.toList());
	}

	private Finding finding(Lag lag) {
		return Finding.warning(id(),
				"Replication: " + lag.name() + " is " + Math.round(lag.seconds()) + " s and "
						+ Quantity.of(lag.bytes() / (1 << 20)) + " MB of WAL behind",
				"A cleanup writes a lot of WAL and increases the delay: the standby's readers see rows that are gone, a"
						+ " failover loses more, and the primary keeps the WAL on its disk.",
				"Lower retention.run.duty-cycle, or run cleanups when the standby has caught up."
						+ " For the cause: SELECT * FROM pg_stat_replication;");
	}

	private record Lag(String name, double seconds, long bytes) {

	}

}
