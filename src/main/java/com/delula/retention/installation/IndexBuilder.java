package com.delula.retention.installation;

import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Builds the indexes that are missing, without blocking the writers of their tables.
 * Works outside of a transaction and of Flyway's lock, since
 * {@code CREATE INDEX CONCURRENTLY} waits for both; looks at every start, so that an
 * index that a killed start left invalid is built anew. An index is for speed only: one
 * that cannot be built is reported with its statement and the start goes on.
 */
class IndexBuilder {

	private static final Logger log = LoggerFactory.getLogger(IndexBuilder.class);

	/** Any number that nobody else uses: the bytes of "retentio". */
	private static final long LOCK = 0x726574656e74696fL;

	/**
	 * A build waits for transactions that were open when it began. One that somebody
	 * forgot would hold up the start for good.
	 */
	private static final String WAIT = "SET lock_timeout = '30s'";

	private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(:lock)";

	private static final String UNLOCK = "SELECT pg_advisory_unlock(:lock)";

	private static final String PARTITIONED = """
			SELECT EXISTS (SELECT FROM pg_partitioned_table p WHERE p.partrelid = to_regclass(:table))
			""";

	private static final String PARTITIONS = """
			SELECT format('%s', t.relid)
			FROM pg_partition_tree(to_regclass(:table)) t
			WHERE t.level = 1
			""";

	private final JdbcClient jdbc;

	private final Catalog catalog;

	IndexBuilder(JdbcClient jdbc) {
		this.jdbc = jdbc;
		this.catalog = new Catalog(jdbc);
	}

	/** Builds what is missing, unless another instance is at it. */
	void build(List<RequiredIndex> indexes) {
		if (!this.jdbc.sql(TRY_LOCK).param("lock", LOCK).query(Boolean.class).single()) {
			log.info("Another instance is building the indexes");
			return;
		}
		try {
			execute(WAIT);
			indexes.forEach(this::ensure);
		}
		finally {
			execute("RESET lock_timeout");
			this.jdbc.sql(UNLOCK).param("lock", LOCK).query(Boolean.class).single();
		}
	}

	private void ensure(RequiredIndex index) {
		try {
			if (this.catalog.isServed(index)) {
				return;
			}
			log.info("Building index {} on {} without blocking its writers; this waits for open transactions to end",
					index.name(), index.table());
			create(index);
		}
		catch (DataAccessException ex) {
			log.warn(
					"Index {} cannot be built ({}). Cleanups work without it, but on a large table so slowly that they"
							+ " may not end in time. The next start tries again, or let the owner of {} run:"
							+ " DROP INDEX CONCURRENTLY IF EXISTS {}; {}",
					index.name(), reason(ex), index.table(), index.name(), index.statement());
		}
	}

	private void create(RequiredIndex index) {
		if (isPartitioned(index.table())) {
			createPartitioned(index.name(), index.table(), index);
			return;
		}
		createConcurrently(index.name(), index.table(), index.definition());
	}

	/**
	 * A partitioned index cannot be built concurrently, but its parts can; each is
	 * attached to the index of the partition right above it.
	 */
	private void createPartitioned(String name, String table, RequiredIndex index) {
		execute("CREATE INDEX IF NOT EXISTS " + name + " ON ONLY " + table + " " + index.definition());
		for (String partition : this.jdbc.sql(PARTITIONS).param("table", table).query(String.class).list()) {
			String part = index.name() + "_" + Integer.toHexString(partition.hashCode());
			if (isPartitioned(partition)) {
				createPartitioned(part, partition, index);
			}
			else {
				createConcurrently(part, partition, index.definition());
			}
			execute("ALTER INDEX " + name + " ATTACH PARTITION " + part);
		}
	}

	private boolean isPartitioned(String table) {
		return this.jdbc.sql(PARTITIONED).param("table", table).query(Boolean.class).single();
	}

	private void createConcurrently(String name, String table, String definition) {
		if (this.catalog.isValidIndex(name).orElse(false)) {
			return;
		}
		execute("DROP INDEX CONCURRENTLY IF EXISTS " + name);
		execute("CREATE INDEX CONCURRENTLY " + name + " ON " + table + " " + definition);
	}

	private void execute(String statement) {
		this.jdbc.sql(statement).update();
	}

	private static String reason(DataAccessException ex) {
		String message = String.valueOf(ex.getMostSpecificCause().getMessage());
		return message.lines().findFirst().orElse("");
	}

}
