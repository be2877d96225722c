package com.delula.retention.monitor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.Stock;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.StockReader;
import com.delula.retention.status.ArrivalLog;
import com.delula.retention.status.Counts;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many rows of a task are due, as of at most a minute ago, or of seconds where they
 * are counted quickly. Reading it never waits: it returns the last count and starts the
 * next one in the background.
 */
final class DueRows {

	private static final Logger log = LoggerFactory.getLogger(DueRows.class);

	/**
	 * A count reads all rows that are due, which is too slow for every scrape.
	 */
	private static final Duration REST = Duration.ofMinutes(1);

	/** What is counted quickly is counted again sooner, as a status is. */
	private static final Duration SHORT_REST = Duration.ofSeconds(5);

	/** Counting takes at most a twentieth of the time. */
	private static final int TWENTIETH = 20;

	private final String task;

	private final StockReader stocks;

	private final ArrivalLog arrivals;

	private final Counts counts;

	private final TaskTimes times;

	private final Clock clock;

	private final AtomicBoolean counting = new AtomicBoolean();

	private final AtomicBoolean looking = new AtomicBoolean();

	private volatile Instant looked = Instant.MIN;

	private volatile boolean stopped;

	private volatile Instant counted = Instant.MIN;

	private volatile Duration rest = REST;

	private volatile @Nullable Due due;

	/** Changes of what is due that no run made. */
	private final AtomicLong changes = new AtomicLong();

	/** How many of them the last count knows. */
	private volatile long known;

	private volatile double arriving;

	DueRows(String task, StockReader stocks, ArrivalLog arrivals, Counts counts, TaskTimes times, Clock clock) {
		this.task = task;
		this.arrivals = arrivals;
		this.stocks = stocks;
		this.counts = counts;
		this.times = times;
		this.clock = clock;
	}

	String task() {
		return this.task;
	}

	/** The last count; null until the first one has finished. */
	@Nullable Due latest() {
		refresh();
		return this.due;
	}

	double rows() {
		refresh();
		Due found = this.due;
		return (found != null) ? found.rows() : 0;
	}

	double oldestSeconds() {
		refresh();
		Due found = this.due;
		Instant time = (found != null) ? found.oldest() : null;
		return (time != null) ? Math.max(0, Duration.between(time, this.clock.instant()).toMillis() / 1000.0) : 0;
	}

	double lastSuccessSeconds() {
		refresh();
		return this.times.lastSuccessSeconds();
	}

	double runningSeconds() {
		refresh();
		return this.times.runningSeconds();
	}

	double arrivingPerHour() {
		refresh();
		return this.arriving;
	}

	double overdue() {
		refresh();
		return this.times.overdue();
	}

	double needsApproval() {
		refresh();
		return this.times.needsApproval();
	}

	/** Counts again, because a run has removed rows. */
	void outdated() {
		this.counted = Instant.MIN;
		this.looked = Instant.MIN;
		refresh();
	}

	/** Counts again, because something other than a run changed what is due. */
	void changed() {
		this.changes.incrementAndGet();
		outdated();
	}

	/** Whether something has changed since the last count what is due. */
	boolean isOutdated() {
		return this.known != this.changes.get();
	}

	/** Stops counting: the connections are about to be closed. */
	void stop() {
		this.stopped = true;
	}

	void refresh() {
		if (this.stopped) {
			return;
		}
		if (isStale(this.looked, REST) && this.looking.compareAndSet(false, true)) {
			this.looked = this.clock.instant();
			begin("times-", this.times::look, this.looking);
		}
		if (isStale(this.counted, this.rest) && this.counting.compareAndSet(false, true)) {
			begin("due-", this::count, this.counting);
		}
	}

	private boolean isStale(Instant time, Duration rest) {
		return time.equals(Instant.MIN) || Duration.between(time, this.clock.instant()).compareTo(rest) > 0;
	}

	private void begin(String name, Runnable work, AtomicBoolean underway) {
		Thread thread = new Thread(() -> attempt(work, underway), name + this.task);
		thread.setDaemon(true);
		thread.start();
	}

	private void attempt(Runnable work, AtomicBoolean underway) {
		try {
			work.run();
		}
		catch (RuntimeException ex) {
			report(ex);
		}
		finally {
			underway.set(false);
		}
	}

	private void count() {
		RunRequest request = new RunRequest(this.task, Mode.REGULAR, Trigger.API, "metrics", true, Map.of());
		long seen = this.changes.get();
		this.due = this.counts.unattended(() -> {
			Instant asOf = this.clock.instant();
			this.counted = asOf;
			long begun = System.nanoTime();
			UUID lastRun = this.times.lastRun();
			this.arriving = this.arrivals.lastDay(this.task) / 24.0;
			Due due = due(this.stocks.takeStock(request), asOf, lastRun);
			this.rest = rest(Duration.ofNanos(System.nanoTime() - begun));
			return due;
		});
		this.known = seen;
	}

	private static Duration rest(Duration took) {
		Duration rest = took.multipliedBy(TWENTIETH);
		if (rest.compareTo(SHORT_REST) < 0) {
			return SHORT_REST;
		}
		return (rest.compareTo(REST) > 0) ? REST : rest;
	}

	private Due due(List<Stock> found, Instant asOf, @Nullable UUID lastRun) {
		Instant first = found.stream()
			.map(Stock::oldestDue)
			.filter(Objects::nonNull)
			.min(Instant::compareTo)
			.orElse(null);
		return new Due(this.task, found.stream().mapToLong(Stock::due).sum(), first, asOf, lastRun);
	}

	/**
	 * A stack trace says nothing more about a database that is away, and a count that the
	 * shutdown interrupted is not worth a line.
	 */
	private void report(RuntimeException ex) {
		if (this.stopped) {
			return;
		}
		if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
			log.warn("Could not count the due rows of {}. Retrying: {}", this.task, SqlFault.reason(ex));
			return;
		}
		log.warn("Could not count the due rows of {}. Retrying", this.task, ex);
	}

}
