package com.delula.retention.run.batch;

import java.util.List;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.SampledPage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Looks for places at which to end slices, in a sample of a table's pages. */
public class WaypointSampler {

	private static final Logger log = LoggerFactory.getLogger(WaypointSampler.class);

	private static final String SIZE = """
			SELECT coalesce(sum(pg_relation_size(c.oid)), 0) / current_setting('block_size')::bigint AS pages,
				CAST(coalesce(sum(c.reltuples) FILTER (WHERE c.reltuples > 0), 0) AS bigint) AS rows
			FROM pg_class c
			WHERE c.oid = to_regclass(:table)
				OR c.oid IN (SELECT t.relid FROM pg_partition_tree(to_regclass(:table)) t)
			""";

	/** Below, a walk is over before a sample has paid for itself. */
	private static final long WORTH_SAMPLING = 50_000;

	/**
	 * Rows for which one page is looked at. A slice that does not span
	 * {@link Waypoints#ENOUGH} of them is counted off: with 2,000, and batches of 25,000
	 * rows, a large emergency took 15 s instead of 11.
	 */
	private static final double ROWS_PER_PAGE = 1_000;

	/**
	 * Pages looked at for a walk, however long. They take some milliseconds, a second if
	 * none is cached, and their places some two megabytes.
	 */
	private static final double MOST_PAGES = 8_000;

	private final JdbcClient jdbc;

	private final BatchTransaction batches;

	WaypointSampler(JdbcClient jdbc, BatchTransaction batches) {
		this.jdbc = jdbc;
		this.batches = batches;
	}

	/**
	 * Samples a step's table. A walk does without where that fails.
	 * @param considered the rows that the walk goes over; null if that is not known
	 */
	public Waypoints sample(RetentionStep step, @Nullable Long considered) {
		if (considered != null && considered < WORTH_SAMPLING) {
			return Waypoints.NONE;
		}
		try {
			return this.batches.lookAsBatch(() -> look(step, considered));
		}
		catch (RuntimeException ex) {
			log.info("Batch ends are found by counting rows: {}", SqlFault.reason(ex));
			return Waypoints.NONE;
		}
	}

	private Waypoints look(RetentionStep step, @Nullable Long considered) {
		Size size = this.jdbc.sql(SIZE).param("table", step.table()).query(Size.class).single();
		long rows = (considered != null) ? considered : size.rows();
		if (rows < WORTH_SAMPLING) {
			return Waypoints.NONE;
		}
		double wanted = Math.min(MOST_PAGES, rows / ROWS_PER_PAGE);
		double percent = Math.min(100, 100 * wanted / Math.max(1, size.pages()));
		List<SampledPage> pages = step.sample(percent);
		if (pages.isEmpty()) {
			return Waypoints.NONE;
		}
		double walked = (considered != null) ? considered
				: pages.stream().mapToLong(SampledPage::rows).sum() * 100 / percent;
		return new Waypoints(pages.stream().map(SampledPage::place).toList(), (int) Math.max(1, walked / pages.size()));
	}

	/** A table's size, with those of its partitions; rows as the statistics have it. */
	private record Size(double pages, long rows) {
	}

}
