package com.delula.retention.run.batch;

import java.time.Duration;

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
	 * Fewer rows are not worth a batch of a run that pauses: its commit alone may take
	 * longer than {@link #PACED}.
	 */
	private static final int WORTHWHILE = 50;

	private final RunProperties.Batch bounds;

	private boolean fullSpeed;

	private double rows;

	public BatchSizer(RunProperties.Batch bounds, boolean fullSpeed) {
		this.bounds = bounds;
		this.fullSpeed = fullSpeed;
		this.rows = bounded(FIRST);
	}

	/** The run goes on at full speed, or with pauses. */
	public synchronized void changed(boolean atFullSpeed) {
		this.fullSpeed = atFullSpeed;
		this.rows = bounded(this.rows);
	}

	public synchronized int rows() {
		return (int) this.rows;
	}

	/** A batch of this many rows took this long. */
	public synchronized void took(int rows, Duration duration) {
		double ratio = (double) target().toNanos() / Math.max(1, duration.toNanos());
		double fitting = Math.max(rows * ratio, this.fullSpeed ? 0 : WORTHWHILE);
		this.rows = bounded(Math.min(fitting, this.rows * 2));
	}

	/** A batch of this many rows ran into a timeout or a deadlock. */
	public synchronized void failed(int rows) {
		this.rows = bounded(Math.min(this.rows, rows) / 4.0);
	}

	private Duration target() {
		Duration target = this.bounds.target();
		return (this.fullSpeed || target.compareTo(PACED) < 0) ? target : PACED;
	}

	private double bounded(double rows) {
		int most = this.fullSpeed ? this.bounds.maxRows() : Math.min(this.bounds.maxRows(), this.bounds.maxRowsPaced());
		return Math.max(this.bounds.minRows(), Math.min(most, rows));
	}

}
