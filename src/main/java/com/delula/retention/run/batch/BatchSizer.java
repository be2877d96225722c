package com.delula.retention.run.batch;

import java.time.Duration;

import com.delula.retention.run.Mode;
import com.delula.retention.run.RunProperties;

/**
 * Finds the number of rows with which a batch takes the time that it aims at. Shared by
 * the workers of a run.
 */
public final class BatchSizer {

	/**
	 * Rows in a run's first batch. Small enough to be over in some 20 ms on idle
	 * hardware, so that a slow database is noticed before it is hurt.
	 */
	private static final int FIRST = 2_000;

	/**
	 * How long a batch of a run that pauses takes: what it writes to the log is flushed
	 * in one go, and live statements wait for that.
	 */
	private static final Duration PACED = Duration.ofMillis(3);

	/**
	 * The same of a restore. A row costs some 50 microseconds, since it goes into every
	 * index, and a batch some 7 ms besides: in batches of 3 ms, 570,000 rows took six
	 * minutes.
	 */
	private static final Duration PACED_RESTORE = Duration.ofMillis(10);

	/**
	 * Fewer rows are not worth a batch of a run that pauses: its commit alone may take
	 * longer than {@link #PACED}.
	 */
	private static final int WORTHWHILE = 50;

	/** By how much the batches of a restore that pauses may be larger. */
	private static final int RESTORE_FACTOR = 5;

	private final RunProperties.Batch bounds;

	private final boolean restores;

	private boolean fullSpeed;

	private double rows;

	public BatchSizer(RunProperties.Batch bounds, Mode mode, boolean fullSpeed) {
		this.bounds = bounds;
		this.restores = mode == Mode.RESTORE;
		this.fullSpeed = fullSpeed;
		this.rows = bounded(FIRST);
	}

	/** The run goes on at full speed, or with pauses. */
	public synchronized void changed(boolean atFullSpeed) {
		this.fullSpeed = atFullSpeed;
		this.rows = bounded(this.rows);
	}

	/** How many rows the next batch is to have. */
	public synchronized int rows() {
		return (int) this.rows;
	}

	/** A batch of this many rows took this long. */
	public synchronized void took(int rows, Duration duration) {
		double ratio = (double) target().toNanos() / Math.max(1, duration.toNanos());
		double fitting = Math.max(rows * ratio, this.fullSpeed ? 0 : paced(WORTHWHILE));
		this.rows = bounded(Math.min(fitting, this.rows * 2));
	}

	/** A batch of this many rows ran into a timeout or a deadlock. */
	public synchronized void failed(int rows) {
		this.rows = bounded(Math.min(this.rows, rows) / 4.0);
	}

	private Duration target() {
		Duration target = this.bounds.target();
		Duration paced = this.restores ? PACED_RESTORE : PACED;
		return (this.fullSpeed || target.compareTo(paced) < 0) ? target : paced;
	}

	/** A number of rows of a run that pauses. */
	private int paced(int rows) {
		return this.restores ? RESTORE_FACTOR * rows : rows;
	}

	private double bounded(double rows) {
		int most = this.fullSpeed ? this.bounds.maxRows()
				: Math.min(this.bounds.maxRows(), paced(this.bounds.maxRowsPaced()));
		return Math.max(this.bounds.minRows(), Math.min(most, rows));
	}

}
