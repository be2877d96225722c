package com.delula.retention.installation;

import java.sql.SQLException;
import java.time.Duration;

import com.delula.retention.database.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds an index without blocking the writers of its table. Works outside of a
 * transaction, as {@code CREATE INDEX CONCURRENTLY} has to. An index is for speed only:
 * one that cannot be built is reported with its statement.
 */
final class IndexBuilder {

	private static final Logger log = LoggerFactory.getLogger(IndexBuilder.class);

	private static final String CANCELED = "57014";

	private static final String PARTITIONED = """
			SELECT EXISTS (SELECT FROM pg_partitioned_table p WHERE p.partrelid = to_regclass(:table))
			""";

	private static final String PARTITIONS = """
			SELECT format('%s', t.relid)
			FROM pg_partition_tree(to_regclass(:table)) t
			WHERE t.level = 1
			""";

	private static final String ATTACHED = """
			SELECT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = to_regclass(:part))
			""";

	/** The server continues a build after its client has died. */
	private static final String BEING_BUILT = """
			SELECT EXISTS (SELECT FROM pg_stat_progress_create_index p
				WHERE p.index_relid = to_regclass(:name) AND p.pid <> pg_backend_pid())
			""";

	private final IndexSession session;

	private final Catalog catalog;

	IndexBuilder(IndexSession session) {
		this.session = session;
		this.catalog = new Catalog(session.jdbc());
	}

	/**
	 * Builds an index that is missing, or was left invalid.
	 * @return whether there is nothing to try again
	 */
	boolean build(RequiredIndex index) {
		long since = System.nanoTime();
		try {
			log.info("Building index {} on {} without blocking its writers; this waits for open transactions to end",
					index.name(), index.table());
			create(index);
			log.info("Index {} on {} built in {}", index.name(), index.table(),
					taken(Duration.ofNanos(System.nanoTime() - since)));
			return true;
		}
		catch (BusyException ex) {
			log.info("Index {} is being built by another session; looking again later", index.name());
			return false;
		}
		catch (SQLException | RuntimeException ex) {
			return report(index, ex);
		}
	}

	private boolean report(RequiredIndex index, Exception ex) {
		if (this.session.isInterrupted()) {
			return false;
		}
		if (SqlFault.isLocked(ex)) {
			log.warn("Index {} is not built yet, because somebody holds {} or a partition of it. Retrying",
					index.name(), index.table());
			return false;
		}
		SqlFault fault = SqlFault.of(ex);
		boolean hopeless = isTimeoutOfRole(ex) || (fault != SqlFault.CONTENTION && fault != SqlFault.UNREACHABLE);
		log.warn(
				"Index {} cannot be built ({}). Cleanups work without it, but on a large table so slowly that they may"
						+ " not end in time. {}, or let the owner of {} run: DROP INDEX CONCURRENTLY IF EXISTS {}; {}",
				index.name(), SqlFault.reason(ex), next(hopeless, ex), index.table(), index.qualifiedName(),
				index.statement());
		return hopeless;
	}

	private String next(boolean hopeless, Exception ex) {
		if (isTimeoutOfRole(ex)) {
			return "Behind a pooler the role's statement_timeout holds: set SPRING_FLYWAY_URL to the server itself";
		}
		return hopeless ? "The next start tries again" : "It will be retried";
	}

	private boolean isTimeoutOfRole(Exception ex) {
		return !this.session.direct() && SqlFault.state(ex).equals(CANCELED)
				&& SqlFault.reason(ex).contains("statement timeout");
	}

	private void create(RequiredIndex index) throws SQLException {
		if (isPartitioned(index.sqlTable())) {
			createPartitioned(index.name(), index.sqlTable(), index);
			return;
		}
		createConcurrently(index.name(), index.sqlTable(), index.definition());
	}

	/**
	 * A partitioned index cannot be built concurrently, but its parts can; each is
	 * attached to the index of the partition right above it.
	 */
	private void createPartitioned(String name, String table, RequiredIndex index) throws SQLException {
		if (this.catalog.isValidIndex(table, name).isEmpty()) {
			this.session.executeBriefly("CREATE INDEX " + name + " ON ONLY " + table + " " + index.definition());
		}
		for (String partition : this.session.jdbc().sql(PARTITIONS).param("table", table).query(String.class).list()) {
			String part = index.name() + "_" + Integer.toHexString(partition.hashCode());
			if (isPartitioned(partition)) {
				createPartitioned(part, partition, index);
			}
			else {
				createConcurrently(part, partition, index.definition());
			}
			attach(RequiredIndex.inSchemaOf(partition, part), RequiredIndex.inSchemaOf(table, name));
		}
	}

	private void attach(String part, String whole) throws SQLException {
		if (!this.session.jdbc().sql(ATTACHED).param("part", part).query(Boolean.class).single()) {
			this.session.executeBriefly("ALTER INDEX " + whole + " ATTACH PARTITION " + part);
		}
	}

	private boolean isPartitioned(String table) {
		return this.session.jdbc().sql(PARTITIONED).param("table", table).query(Boolean.class).single();
	}

	private void createConcurrently(String name, String table, String definition) throws SQLException {
		if (this.catalog.isValidIndex(table, name).orElse(false)) {
			return;
		}
		String qualified = RequiredIndex.inSchemaOf(table, name);
		if (this.session.jdbc().sql(BEING_BUILT).param("name", qualified).query(Boolean.class).single()) {
			throw new BusyException();
		}
		this.session.execute("DROP INDEX CONCURRENTLY IF EXISTS " + qualified);
		this.session.execute("CREATE INDEX CONCURRENTLY " + name + " ON " + table + " " + definition);
	}

	/** Somebody else is building the index. */
	private static final class BusyException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

	private static String taken(Duration time) {
		return (time.toSeconds() > 0) ? time.toSeconds() + " s" : time.toMillis() + " ms";
	}

}
