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

	private final RunProperties.Batch bounds;

	private int most;

	private double rows;

	public BatchSizer(RunProperties.Batch bounds, boolean fullSpeed) {
		this.bounds = bounds;
		this.most = most(bounds, fullSpeed);
		this.rows = bounded(FIRST);
	}

	private static int most(RunProperties.Batch bounds, boolean fullSpeed) {
		return fullSpeed ? bounds.maxRows() : Math.min(bounds.maxRows(), bounds.maxRowsPaced());
	}

	/** The run goes on at full speed, or with pauses. */
	public synchronized void changed(boolean fullSpeed) {
		this.most = most(this.bounds, fullSpeed);
		this.rows = bounded(this.rows);
	}

	public synchronized int rows() {
		return (int) this.rows;
	}

	/** A batch of this many rows took this long. */
	public synchronized void took(int rows, Duration duration) {
		double ratio = (double) this.bounds.target().toNanos() / Math.max(1, duration.toNanos());
		double fitting = rows * ratio;
		this.rows = bounded(Math.min(fitting, this.rows * 2));
	}

	/** A batch of this many rows ran into a timeout or a deadlock. */
	public synchronized void failed(int rows) {
		this.rows = bounded(Math.min(this.rows, rows) / 4.0);
	}

	private double bounded(double rows) {
		return Math.max(this.bounds.minRows(), Math.min(this.most, rows));
	}

}
