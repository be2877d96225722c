package com.delula.retention.run.steering;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import com.delula.retention.run.ThrottleProperties;
import com.delula.retention.run.WaitReason;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds streaming replicas that are too far behind. What the server says of the lag stops
 * growing when a replica stops answering; so its position is also compared with where the
 * server was some time ago. A replica that is not connected does not count, nor do
 * subscribers of logical replication, who confirm when they like. A role that may not see
 * the replicas (without pg_monitor) finds none.
 */
final class ReplicaLag {

	private static final String REPLICAS = """
			SELECT coalesce(nullif(r.application_name, ''), 'standby') AS name,
				CAST(coalesce(extract(epoch FROM r.replay_lag), 0) AS double precision) AS seconds,
				CAST(pg_wal_lsn_diff(r.replay_lsn, '0/0') AS bigint) AS replayed,
				CAST(pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0') AS bigint) AS written
			FROM pg_stat_replication r
			WHERE r.state IN ('streaming', 'catchup') AND r.replay_lsn IS NOT NULL
				AND NOT EXISTS (SELECT FROM pg_replication_slots s WHERE s.active_pid = r.pid AND s.slot_type = 'logical')
			ORDER BY name
			""";

	/**
	 * A replica without new data says only so often how far it is
	 * (wal_receiver_status_interval).
	 */
	private static final Duration SILENCE = Duration.ofSeconds(10);

	private final JdbcClient jdbc;

	private final Duration most;

	private final List<String> ignored;

	/** Where the server was; the first is the newest that is old enough to count. */
	private final Deque<Position> positions = new ArrayDeque<>();

	ReplicaLag(JdbcClient jdbc, ThrottleProperties properties) {
		this.jdbc = jdbc;
		this.most = properties.maxReplicaLag();
		this.ignored = properties.ignoredReplicas();
	}

	boolean isOn() {
		return !this.most.isZero();
	}

	/** The replica to wait for; null if none is too far behind. */
	@Nullable Hold hold() {
		List<Replica> replicas = this.jdbc.sql(REPLICAS).query(Replica.class).list();
		long now = System.nanoTime();
		forget(now);
		Hold found = replicas.stream()
			.filter((replica) -> !this.ignored.contains(replica.name()) && isBehind(replica, now))
			.findFirst()
			.map((replica) -> new Hold(WaitReason.REPLICA_LAG,
					"replica " + replica.name() + " to catch up (more than " + Setting.text(this.most) + " behind)"))
			.orElse(null);
		replicas.stream().findFirst().ifPresent((any) -> this.positions.add(new Position(now, any.written())));
		return found;
	}

	private boolean isBehind(Replica replica, long now) {
		if (replica.replayed() >= replica.written()) {
			return false;
		}
		Position old = this.positions.peek();
		return replica.seconds() > this.most.toMillis() / 1000.0
				|| (old != null && isOld(old, now) && replica.replayed() < old.written());
	}

	private void forget(long now) {
		while (this.positions.size() > 1 && isOld(this.positions.stream().skip(1).findFirst().orElseThrow(), now)) {
			this.positions.remove();
		}
	}

	private boolean isOld(Position position, long now) {
		return now - position.moment() > this.most.plus(SILENCE).toNanos();
	}

	private record Position(long moment, long written) {

	}

	private record Replica(String name, double seconds, long replayed, long written) {

	}

}
