package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.database.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds at what else the database has to do, while the batches of a run
 * that pauses are sent one by one.
 */
final class OthersWatch {

	private static final Logger log = LoggerFactory.getLogger(OthersWatch.class);

	/** Sessions tell of their transactions once a second, the run's own too. */
	private static final Duration PERIOD = Duration.ofSeconds(3);

	private final List<Double> perRow = new ArrayList<>();

	private long since = System.nanoTime();

	private long transactions;

	/** A batch was committed. */
	synchronized void batch(RunContext context, long rows, Duration took) {
		if (rows > 0) {
			this.perRow.add((double) took.toNanos() / rows);
		}
		long now = System.nanoTime();
		if (now - this.since < PERIOD.toNanos() || this.perRow.isEmpty()) {
			return;
		}
		long seen = transactions(context);
		if (seen > 0 && this.transactions > 0) {
			this.perRow.sort(null);
			double others = seen - this.transactions - this.perRow.size();
			context.pace().heed(this.perRow.get(this.perRow.size() / 2), others * 1e9 / (now - this.since));
		}
		this.transactions = seen;
		this.since = now;
		this.perRow.clear();
	}

	/** 0 where nobody can tell just now. */
	private static long transactions(RunContext context) {
		try {
			return context.transaction().transactions();
		}
		catch (RuntimeException ex) {
			log.debug("Could not look at what others do: {}", SqlFault.reason(ex));
			return 0;
		}
	}

}
