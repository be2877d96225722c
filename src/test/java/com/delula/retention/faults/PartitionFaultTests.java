package com.delula.retention.faults;

import java.util.List;
import java.util.stream.Stream;

import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.engine.RunTicket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Partitions come and go while a run walks over their table. */
@Tag("slow")
class PartitionFaultTests extends OnOwnDatabase {

	private static final int ROWS = 12_000;

	/** The rows are 30 hours old and more, one a second, so they fill four hours. */
	private static final List<String> BY_TIME = List.of("PARTITION BY RANGE (created_at)",
			"""
					SELECT format('CREATE TABLE part_%s PARTITION OF generations FOR VALUES FROM (%L) TO (%L)', n, h, h + interval '1 hour')
					FROM (SELECT n, date_trunc('hour', now() AT TIME ZONE 'UTC') - interval '30 hours' - n * interval '1 hour' AS h
						FROM generate_series(0, 4) n) x
					""",
			"SELECT format('FOR VALUES FROM (%L) TO (%L)', h, h + interval '1 hour') FROM (SELECT date_trunc('hour',"
					+ " now() AT TIME ZONE 'UTC') - interval '26 hours' AS h) x");

	private static final List<String> BY_LIST = List.of("PARTITION BY LIST (recipe_id)",
			"SELECT format('CREATE TABLE part_%s PARTITION OF generations FOR VALUES IN (%s)', n - 1, n)"
					+ " FROM generate_series(1, 5) n",
			"SELECT 'FOR VALUES IN (6)'");

	static Stream<Arguments> kinds() {
		return Stream.of(Arguments.of("by time", BY_TIME), Arguments.of("by list", BY_LIST));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("kinds")
	void aRunGoesOnWhilePartitionsAreAttachedAndDetached(String name, List<String> kind) {
		partition(kind.get(0), kind.get(1));
		this.books.fill(ROWS);
		String bounds = this.jdbc.sql(kind.get(2)).query(String.class).single();
		this.jdbc.sql("CREATE TABLE late (LIKE generations INCLUDING DEFAULTS)").update();
		this.jdbc.sql("""
				INSERT INTO late (user_id, recipe_id, prompt, status, created_at, updated_at)
				SELECT 'system_backlog', 6, 'p', 'failed', h + n * interval '1 second', h + n * interval '1 second'
				FROM (SELECT date_trunc('hour', now() AT TIME ZONE 'UTC') - interval '26 hours' AS h) x,
					generate_series(1, 500) n
				""").update();
		try (Service service = Service.start(this.database, "retention.run.duty-cycle=0.2")) {
			RunTicket ticket = inTheMiddle(service, 1_000);
			// Concurrently, as an operator does it; the other is the way of a table with
			// a default partition.
			this.jdbc.sql("ALTER TABLE generations DETACH PARTITION part_1 CONCURRENTLY").update();
			this.jdbc.sql("ALTER TABLE generations ATTACH PARTITION late " + bounds).update();
			this.jdbc.sql("ALTER TABLE generations DETACH PARTITION part_4").update();
			assertThat(ticket.run().status()).isEqualTo(RunStatus.RUNNING);
			Run run = ticket.outcome().join().run();
			assertThat(run.status()).as(String.valueOf(run.error())).isEqualTo(RunStatus.SUCCEEDED);
			long gone = ROWS + 500 - this.database.rows().count("generations") - this.database.rows().count("part_1")
					- this.database.rows().count("part_4");
			assertThat(run.rowsRemoved()).isEqualTo(gone).isPositive();
			long next = service.run(Mode.EMERGENCY).run().rowsRemoved();
			assertThat(this.database.rows().count("generations")).isZero();
			assertThat(this.jdbc.sql("SELECT sum(amount) FROM credit_transactions").query(Long.class).single())
				.isEqualTo(gone + next);
		}
	}

	/** The table that is there, partitioned; what refers to it is not there yet. */
	private void partition(String by, String partitions) {
		this.jdbc.sql("ALTER TABLE generations RENAME TO whole").update();
		this.jdbc.sql("CREATE TABLE generations (LIKE whole INCLUDING DEFAULTS) " + by).update();
		this.jdbc.sql(partitions).query(String.class).list().forEach((partition) -> this.jdbc.sql(partition).update());
	}

}
