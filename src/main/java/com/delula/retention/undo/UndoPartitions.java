package com.delula.retention.undo;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.delula.retention.database.SqlFault;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has a partition ready for every day on which something that is removed now expires, and
 * drops what has expired. Without the right to do so rows go to the default partition and
 * are deleted from there.
 */
final class UndoPartitions implements RunObserver {

	private static final Logger log = LoggerFactory.getLogger(UndoPartitions.class);

	private static final String ALLOWED = """
			SELECT has_function_privilege('retention_undo_partitions(date[])', 'EXECUTE')
			""";

	/** Two days ahead, so that a run past midnight and a late look find theirs. */
	private static final String PREPARE = """
			SELECT retention_undo_partitions(ARRAY(
				SELECT DISTINCT CAST((clock_timestamp() + make_interval(secs => u.seconds)) AT TIME ZONE 'UTC' AS date) + d.ahead
				FROM unnest(CAST(:undo AS bigint[])) AS u (seconds)
				CROSS JOIN generate_series(0, 2) AS d (ahead)))
			""";

	/**
	 * Where there are rows of partitions that are not dropped, the pages that they may be
	 * on.
	 */
	private static final String PAGES = """
			SELECT coalesce(max(pg_relation_size(t.relid)), 0) / CAST(current_setting('block_size') AS bigint)
			FROM pg_partition_tree('retention_undo') t
			WHERE EXISTS (SELECT FROM retention_undo u
				WHERE u.expires_on < CAST(statement_timestamp() AT TIME ZONE 'UTC' AS date))
			""";

	/** Page after page, so that none is looked at again, in each of the partitions. */
	private static final String FORGET = """
			DELETE FROM retention_undo u
			WHERE u.expires_on < CAST(statement_timestamp() AT TIME ZONE 'UTC' AS date)
				AND u.ctid >= CAST('(' || :page || ',0)' AS tid) AND u.ctid < CAST('(' || :end || ',0)' AS tid)
			""";

	/** Of 32 MB: some 60,000 rows, which a statement removes in a third of a second. */
	private static final int STRETCH = 4_096;

	private final Rules rules;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	UndoPartitions(Rules rules, JdbcClient jdbc, TransactionTemplate transaction) {
		this.rules = rules;
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/** Before the first row of a run goes. */
	@Override
	public void opened(Run run, List<String> tables) {
		boolean keeps = this.rules.find(run.task()).filter((rule) -> rule.safeguards().undo() != null).isPresent();
		if (keeps && !run.dryRun()) {
			prepare();
		}
	}

	@Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT1H")
	void keepUp() {
		try {
			prepare();
			forget();
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				log.debug("Expired rows of the undo window are dropped later: the database is away");
				return;
			}
			log.warn("Expired rows of the undo window could not be dropped. Retrying: {}", SqlFault.reason(ex));
		}
	}

	private void forget() {
		long pages = Objects
			.requireNonNull(this.transaction.execute((tx) -> this.jdbc.sql(PAGES).query(Long.class).single()));
		for (long page = 0; page < pages; page += STRETCH) {
			JdbcClient.StatementSpec stretch = this.jdbc.sql(FORGET).param("page", page).param("end", page + STRETCH);
			this.transaction.executeWithoutResult((tx) -> stretch.update());
		}
	}

	private void prepare() {
		Long[] undo = this.rules.all()
			.stream()
			.map(Rule::safeguards)
			.flatMap((guards) -> Stream.ofNullable(guards.undo()))
			.map(Duration::toSeconds)
			.toArray(Long[]::new);
		this.transaction.executeWithoutResult((tx) -> {
			if (this.jdbc.sql(ALLOWED).query(Boolean.class).single()) {
				this.jdbc.sql(PREPARE).param("undo", undo).query().listOfRows();
			}
		});
	}

}
