package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.SeriesSql;
import com.delula.retention.run.Slice;
import com.delula.retention.run.batch.BatchSeries;
import com.delula.retention.run.batch.BatchSeries.Done;
import com.delula.retention.run.batch.Pace;
import com.delula.retention.run.batch.SliceSource;

/**
 * Removes slices in series, as long as nothing is in the way and the run is to pause
 * between batches. What a series does not get through is left to a batch by itself.
 */
final class PacedBatches {

	/**
	 * How long a series lasts, pauses included: as long as a run takes to heed a wish.
	 */
	private static final Duration BUDGET = Duration.ofSeconds(1);

	private static final int MOST = 200;

	/**
	 * After so many in a row that removed nothing, batches are carried out by themselves.
	 */
	private static final int FRUITLESS = 5;

	/** Before it is known how long batches take. */
	private static final int FIRST = 20;

	private final RunScope scope;

	private final RetentionStep step;

	private final RunContext context;

	private final SliceSource source;

	private final Tally tally;

	private int slices = FIRST;

	private int fruitless;

	PacedBatches(RunScope scope, RetentionStep step, RunContext context, SliceSource source, Tally tally) {
		this.scope = scope;
		this.step = step;
		this.context = context;
		this.source = source;
		this.tally = tally;
	}

	/**
	 * Removes slices from the front.
	 * @return whether one was removed
	 */
	boolean attempt(Deque<Slice> todo) {
		Pace pace = this.context.pace();
		if (this.fruitless > FRUITLESS || pace.isFullSpeed() || !pace.hasTurn() || this.source.hasPostponed()
				|| !this.context.mayUseSeries()) {
			return false;
		}
		return this.step.series().filter((sql) -> todo.element().heldSince() == null).map((sql) -> {
			collect(todo);
			return remove(sql, todo);
		}).orElse(false);
	}

	private void collect(Deque<Slice> todo) {
		while (todo.size() < this.slices) {
			Slice slice = this.source.next(this.context.sizer().rows());
			if (slice == null) {
				return;
			}
			todo.add(slice);
		}
	}

	private boolean remove(SeriesSql sql, Deque<Slice> todo) {
		List<Slice> slices = todo.stream().takeWhile((slice) -> slice.heldSince() == null).toList();
		BatchSeries.Progress progress = this.context.series();
		long before = progress.transactions();
		double pause = this.context.pace().pause();
		long begun = System.nanoTime();
		List<Done> done = this.context.gate()
			.own(() -> this.context.transaction()
				.series()
				.remove(this.scope, this.step.table(), sql, slices, progress, pause, BUDGET));
		long lasted = System.nanoTime() - begun;
		double owed = -lasted;
		for (Done batch : done) {
			Slice slice = todo.remove();
			account(batch, slice);
			double share = Math.min(1, batch.result().removed() / (double) Math.max(1, slice.rows()));
			owed += batch.took().toNanos() * (1 + share * pause);
		}
		if (progress.isCancelled()) {
			this.context.stop().give(RunStatus.CANCELLED);
		}
		if (before > 0) {
			heed(done, (progress.transactions() - before - done.size()) / (lasted / 1e9));
		}
		this.context.gate().rest(Duration.ofNanos((long) Math.max(0, owed)));
		this.fruitless = done.isEmpty() ? this.fruitless + 1 : 0;
		return !done.isEmpty();
	}

	private void account(Done batch, Slice slice) {
		long removed = batch.result().removed();
		this.tally.add(batch.result());
		this.context.sizer().took((int) Math.max(slice.rows(), removed), batch.took());
		this.context.observe(this.scope, this.step, removed, batch.took());
	}

	/** The median tells more of others than the mean, which a checkpoint would move. */
	private void heed(List<Done> done, double othersPerSecond) {
		List<Double> perRow = new ArrayList<>();
		double took = 0;
		for (Done batch : done) {
			took += batch.took().toNanos();
			if (batch.result().removed() > 0) {
				perRow.add((double) batch.took().toNanos() / batch.result().removed());
			}
		}
		if (!perRow.isEmpty()) {
			perRow.sort(null);
			this.context.pace().heed(perRow.get(perRow.size() / 2), othersPerSecond);
			double each = took / done.size() * (1 + this.context.pace().pause());
			this.slices = (int) Math.max(1, Math.min(MOST, BUDGET.toNanos() / each));
		}
	}

}
