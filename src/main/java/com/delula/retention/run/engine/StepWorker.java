package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.BatchResult;
import com.delula.retention.run.LateReferenceException;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Slice;
import com.delula.retention.run.batch.Backoff;
import com.delula.retention.run.batch.BatchTransaction.Removed;
import com.delula.retention.run.batch.SliceSource;
import com.delula.retention.run.batch.Waiting;
import com.delula.retention.run.history.LeaseLostException;
import com.delula.retention.run.history.LimitExceededException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread's share of a step: takes slice after slice, removes it, and knows what to do
 * when that fails.
 */
final class StepWorker {

	private static final Logger log = LoggerFactory.getLogger(StepWorker.class);

	private final RunScope scope;

	private final RetentionStep step;

	private final RunContext context;

	private final SliceSource source;

	private final Tally tally;

	private final Backoff backoff;

	private final HeldRows held;

	private final PacedBatches paced;

	/** How many batches the worker has tried by themselves. */
	private long batches;

	/** When the worker's turn began. */
	private long turn;

	StepWorker(RunScope scope, RetentionStep step, RunContext context, SliceSource source, Tally tally) {
		this.scope = scope;
		this.step = step;
		this.context = context;
		this.source = source;
		this.tally = tally;
		this.backoff = new Backoff(context.properties().retryFor());
		this.held = new HeldRows(scope, step, context, source, tally);
		this.paced = new PacedBatches(scope, step, context, source, tally);
	}

	/** Works until the slices are used up or the run is to end. */
	void work() {
		Deque<Slice> todo = new ArrayDeque<>();
		boolean more = true;
		while (more) {
			this.context.pace().begin();
			try {
				this.context.gate().pass();
				this.turn = System.nanoTime();
				more = refill(todo);
				if (more) {
					attempt(todo);
				}
			}
			finally {
				this.context.pace().end();
			}
		}
	}

	/** Whether there is work, and the run is to go on. */
	private boolean refill(Deque<Slice> todo) {
		while (todo.isEmpty() && !this.context.mustStop()) {
			try {
				Slice slice = this.source.next(this.context.sizer().rows());
				if (slice == null) {
					return false;
				}
				todo.push(slice);
			}
			catch (RuntimeException ex) {
				waitOrFail(ex);
				// Waiting for the database leaves it alone already.
				this.turn = System.nanoTime();
			}
		}
		return !todo.isEmpty() && !this.context.mustStop();
	}

	private void attempt(Deque<Slice> todo) {
		Slice slice = todo.element();
		try {
			if (this.paced.attempt(todo)) {
				this.backoff.reset();
				return;
			}
			// Waiting for what became of a series leaves the database alone already.
			this.turn = System.nanoTime();
			remove(slice);
			todo.pop();
			this.backoff.reset();
		}
		catch (RuntimeException ex) {
			recover(ex, slice, todo);
		}
	}

	private void remove(Slice slice) {
		long start = System.nanoTime();
		Waiting waiting = this.held.waiting(slice);
		boolean reasons = ReasonTally.counts(this.context.pace().isFullSpeed(), this.batches++);
		Removed removed = this.context.gate()
			.own(() -> this.context.transaction().remove(this.scope, this.step, slice, waiting, reasons));
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		this.tally.add(removed.result());
		if (removed.held() > 0) {
			this.held.postponeOrLeave(slice, removed.held(), waiting);
		}
		this.context.sizer().took((int) Math.max(slice.rows(), removed.result().removed()), took);
		this.context.observe(this.scope, this.step, removed.result().removed(), took);
		this.context.heed(this.scope.request().mode(), removed.result().removed(), took);
		if (removed.stop()) {
			this.context.stop().give(RunStatus.CANCELLED);
		}
		Duration work = Duration.ofNanos(System.nanoTime() - this.turn);
		this.context.gate().rest(this.context.pace().pauseAfter(work, share(removed.result().removed(), slice.rows())));
	}

	/** Rows that are only walked over are no work that others would need a rest from. */
	private static double share(long removed, int rows) {
		return (removed >= rows || rows == Slice.UNKNOWN) ? Math.min(1, removed) : (double) removed / rows;
	}

	private void recover(RuntimeException ex, Slice slice, Deque<Slice> todo) {
		try {
			if (ex instanceof LeaseLostException) {
				this.context.regain(this.scope);
				return;
			}
			if (ex instanceof LimitExceededException) {
				this.context.stop().give(RunStatus.REFUSED);
				return;
			}
			if (ex instanceof LateReferenceException) {
				// Seen by the next try, which keeps the row.
				log.debug("A batch is tried again: {}", ex.getMessage());
				return;
			}
			if (SqlFault.isLocked(ex)) {
				this.held.wait(slice, todo);
				return;
			}
			switch (SqlFault.of(ex)) {
				case REFERENCED -> isolate(slice, todo);
				case CONTENTION -> makeRoom(ex, slice, todo);
				default -> waitOrFail(ex);
			}
		}
		catch (RuntimeException another) {
			if (another == ex) {
				throw ex;
			}
			if (another instanceof LeaseLostException) {
				this.context.regain(this.scope);
				return;
			}
			waitOrFail(another);
		}
	}

	/** Halves a slice until the row that is referred to stands alone, and keeps that. */
	private void isolate(Slice slice, Deque<Slice> todo) {
		if (slice.divisible()) {
			List<Slice> parts = this.source.halve(slice);
			todo.remove();
			SliceSource.pushAll(todo, parts);
			return;
		}
		log.debug("A row of {} stays because another table refers to it", this.step.table());
		this.context.transaction().countKept(this.scope, this.step);
		this.tally.add(new BatchResult(0, 1));
		todo.pop();
	}

	/**
	 * Makes room where a batch took too long: smaller batches at once, and others first.
	 * A run in which a single row takes too long for as long as is tried again fails.
	 */
	private void makeRoom(RuntimeException ex, Slice slice, Deque<Slice> todo) {
		this.context.sizer().failed(slice.rows());
		waitOrFail(ex);
		List<Slice> parts = slice.divisible() ? this.source.halve(slice) : List.of(slice);
		todo.remove();
		parts.forEach(this.source::postpone);
	}

	private void waitOrFail(RuntimeException ex) {
		if (SqlFault.of(ex) == SqlFault.OTHER || !this.backoff.pause(this.context.stop())) {
			throw ex;
		}
		log.info("Run {} retries: {}", this.scope.runId(), SqlFault.reason(ex));
	}

}
