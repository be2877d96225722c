package com.delula.retention.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.support.PgBouncer;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A PgBouncer in transaction mode with a small pool stands between the service and the
 * database, and the platform's own clients use it too.
 */
class PoolerTests {

	private static final String RUN = "/api/admin/backlog-cleanup/run";

	private TestDatabase database;

	private PgBouncer pooler;

	@BeforeEach
	void start() {
		Assumptions.assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed (apt package pgbouncer)");
		this.database = TestDatabase.create(Installation.EXISTING);
		this.pooler = PgBouncer.start(this.database, 3);
	}

	@AfterEach
	void end() {
		if (this.pooler != null) {
			this.pooler.close();
			this.database.close();
		}
	}

	@Test
	void instancesStartTogetherBesideLiveTrafficAndLeaveNothingInASession() throws Exception {
		startTogether(1);
	}

	@Test
	@Tag("slow")
	void theyDoSoAgainAndAgain() throws Exception {
		startTogether(5);
	}

	private void startTogether(int times) throws Exception {
		try (LiveClients live = LiveClients.start(this.pooler.jdbcUrl(), 3)) {
			for (int time = 1; time <= times; time++) {
				this.database.rows().generation().failed().recipe(16).age(Duration.ofDays(3)).insert(200);
				startTwo();
				assertExact(time);
			}
			assertThat(live.transactions()).isPositive();
			assertThat(live.surprises()).isEmpty();
		}
		assertThat(advisoryLocks()).isZero();
		assertThat(usableIndexes()).isEqualTo(5);
	}

	/** Each of both is asked for many counts and for a run. */
	private void startTwo() {
		List<ServiceProcess> both = Stream.generate(this::instance).limit(2).toList();
		try {
			both.forEach((instance) -> {
				instance.ready();
				for (int i = 0; i < 10; i++) {
					String answer = instance.post(RUN + "?dryRun=true", "wait=60").body();
					assertThat(answer).contains("\"success\":true");
				}
				assertThat(instance.post(RUN, "wait=60").body()).contains("\"success\":true");
			});
		}
		finally {
			both.forEach(ServiceProcess::terminate);
		}
		assertThat(both).extracting(ServiceProcess::log).noneMatch((log) -> log.contains(" ERROR "));
	}

	private ServiceProcess instance() {
		return ServiceProcess.start(this.database, "spring.datasource.url=" + this.pooler.jdbcUrl(),
				"retention.run.duty-cycle=1");
	}

	private void assertExact(int times) {
		assertThat(this.database.rows().count("generations")).isEqualTo(10);
		assertThat(sum("SELECT sum(amount) FROM credit_transactions")).isEqualTo(190L + (times - 1) * 200L);
		assertThat(sum("SELECT sum(rows_removed) FROM retention_run WHERE NOT dry_run"))
			.isEqualTo(190L + (times - 1) * 200L);
		assertThat(sum("SELECT count(*) FROM credit_transactions")).isEqualTo(2L * times);
	}

	private long advisoryLocks() {
		return sum("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
				+ " WHERE l.locktype = 'advisory' AND d.datname = current_database()");
	}

	/** One of the six is served by an index of the platform. */
	private long usableIndexes() {
		return sum("SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisvalid"
				+ " AND c.relname ~ '^retention_(generations|jobs|upscale_jobs)_'");
	}

	private long sum(String sql) {
		return this.database.jdbc().sql(sql).query(Long.class).single();
	}

}
