package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.Deque;
import java.util.List;

import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Slice;
import com.delula.retention.run.batch.SliceSource;
import com.delula.retention.run.batch.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker does when another session holds rows that are due: the others go first,
 * and rows that are held for too long are left to the next run and counted.
 */
final class HeldRows {

	private static final Logger log = LoggerFactory.getLogger(HeldRows.class);

	/** How long a row is waited for, from when it is first seen to be held. */
	private static final Duration PATIENCE = Duration.ofSeconds(10);

	/** From then on rows are no more looked for one by one. */
	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final Duration PAUSE = Duration.ofMillis(100);

	private final RunScope scope;

	private final RetentionStep step;

	private final RunContext context;

	private final SliceSource source;

	private final Tally tally;

	HeldRows(RunScope scope, RetentionStep step, RunContext context, SliceSource source, Tally tally) {
		this.scope = scope;
		this.step = step;
		this.context = context;
		this.source = source;
		this.tally = tally;
	}

	/** How long the next batch is to wait for rows of this slice. */
	Waiting waiting(Slice slice) {
		if (slice.heldSince() == null) {
			return this.source.hasPostponed() ? Waiting.HURRIED : Waiting.PATIENT;
		}
		if (!this.step.canSkipLocked()) {
			return Waiting.HURRIED;
		}
		return (held(slice).compareTo(PATIENCE) >= 0) ? Waiting.LEAVING : Waiting.SKIPPING;
	}

	/** A batch has removed all rows of a slice but those that are held. */
	void postponeOrLeave(Slice slice, long rows, Waiting waiting) {
		if (waiting == Waiting.LEAVING) {
			leave(rows);
			return;
		}
		this.source.postpone(slice);
		this.context.stop().await(PAUSE);
	}

	/**
	 * A batch gave up because of a row that is held: the next try skips held rows. Where
	 * they cannot be skipped, or what is held is a row of another table that would go
	 * with one of this slice, each stands alone in the end, so that only those stay that
	 * are really held.
	 */
	void wait(Slice slice, Deque<Slice> todo) {
		boolean first = slice.heldSince() == null;
		long since = first ? System.nanoTime() : slice.heldSince();
		Slice marked = slice.held(since);
		todo.remove();
		if (first && this.step.canSkipLocked()) {
			todo.push(marked);
			return;
		}
		boolean tooLong = held(marked).compareTo(PATIENCE) >= 0;
		boolean alone = !marked.divisible();
		if (held(marked).compareTo(LIMIT) >= 0 || (tooLong && alone)) {
			leave(this.context.transaction().leave(this.scope, this.step, marked));
			return;
		}
		List<Slice> parts = alone ? List.of(marked)
				: this.source.halve(slice).stream().map((part) -> part.held(since)).toList();
		if (tooLong) {
			SliceSource.pushAll(todo, parts);
			return;
		}
		parts.forEach(this.source::postpone);
		this.context.stop().await(PAUSE);
	}

	private void leave(long rows) {
		this.tally.leave(rows);
		log.info("Run {} leaves {} rows of {} to the next run: another session holds them", this.scope.runId(), rows,
				this.step.table());
	}

	private static Duration held(Slice slice) {
		Long since = slice.heldSince();
		return (since != null) ? Duration.ofNanos(System.nanoTime() - since) : Duration.ZERO;
	}

}
