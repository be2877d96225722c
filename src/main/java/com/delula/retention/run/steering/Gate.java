package com.delula.retention.run.steering;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.StopSignal;
import com.delula.retention.run.WaitReason;
import com.delula.retention.run.history.SteeringLog.Steered;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the workers of one run through to their next batch, or has them wait. Looks at
 * most once a second what is wanted of the run and whether the database needs a rest. A
 * wait ends at once when the run is to end.
 */
public final class Gate {

	private static final Logger log = LoggerFactory.getLogger(Gate.class);

	/** How old the last look may be. */
	private static final Duration LOOK = Duration.ofSeconds(1);

	/** How soon a wish is heeded that came in on this instance. */
	private static final Duration STEP = Duration.ofMillis(200);

	private final RunScope scope;

	private final StopSignal stop;

	private final DoubleConsumer pace;

	private final Brakes brakes;

	private final Gates gates;

	private final AtomicInteger own = new AtomicInteger();

	private volatile Standing standing = Standing.NONE;

	private volatile boolean stale = true;

	private volatile @Nullable Double dutyCycle;

	private long looked;

	private @Nullable Hold hold;

	Gate(RunScope scope, StopSignal stop, DoubleConsumer pace, Brakes brakes, Gates gates) {
		this.scope = scope;
		this.stop = stop;
		this.pace = pace;
		this.brakes = brakes;
		this.gates = gates;
	}

	/** Waits until the run may go on, or is to end. */
	public void pass() {
		while (!this.stop.isGiven() && isClosed()) {
			this.stop.await(STEP);
		}
	}

	/** Does the work of a batch, whose session counts as the run's own. */
	public <T> T own(Supplier<T> batch) {
		this.own.incrementAndGet();
		try {
			return batch.get();
		}
		finally {
			this.own.decrementAndGet();
		}
	}

	/** Rests after a batch; not to the end if the pace is changed meanwhile. */
	public void rest(Duration pause) {
		Double before = this.dutyCycle;
		long since = System.nanoTime();
		long left = pause.toNanos();
		while (left > 0 && !this.stop.isGiven() && Objects.equals(before, this.dutyCycle)) {
			this.stop.await(Duration.ofNanos(Math.min(left, STEP.toNanos())));
			left = pause.toNanos() - (System.nanoTime() - since);
			if (left > 0) {
				isClosed();
			}
		}
	}

	/** How long the run has waited so far, in nanoseconds. */
	public long stood() {
		return this.standing.nanos(System.nanoTime());
	}

	/** Looks again before the next batch, because something is wanted of the run. */
	public void lookAgain() {
		this.stale = true;
	}

	private synchronized boolean isClosed() {
		if (this.stale || System.nanoTime() - this.looked > LOOK.toNanos()) {
			this.stale = false;
			look();
			this.looked = System.nanoTime();
		}
		return this.hold != null;
	}

	/** What cannot be looked at leaves all as it is: the next batch meets the same. */
	private void look() {
		try {
			Steered steered = this.gates.read(id());
			heed(steered);
			turn(this.brakes.hold(steered, this.own.get()));
			write(steered.waitingFor());
		}
		catch (RuntimeException ex) {
			log.debug("Run {} could not look whether it has to wait: {}", id(), SqlFault.reason(ex));
		}
	}

	private void heed(Steered steered) {
		if (!steered.open() && !this.stop.isGiven()) {
			log.warn("Run {} lost its lock and stops", id());
			this.stop.give(RunStatus.INTERRUPTED);
		}
		if (steered.cancelled()) {
			this.stop.give(RunStatus.CANCELLED);
		}
		Double wanted = steered.dutyCycle();
		if (wanted != null && !wanted.equals(this.dutyCycle)) {
			this.pace.accept(wanted);
			this.dutyCycle = wanted;
		}
	}

	private void turn(@Nullable Hold next) {
		Hold before = this.hold;
		if (Objects.equals(before, next)) {
			return;
		}
		this.hold = next;
		this.standing = this.standing.turned(next != null, System.nanoTime());
		if (next != null) {
			log.info("Run {} waits for {}", id(), next.text());
		}
		else {
			log.info("Run {} continues", id());
		}
		tell((next != null) ? next.reason() : null);
	}

	private void tell(@Nullable WaitReason reason) {
		List<RunObserver> observers = this.gates.observers();
		for (RunObserver observer : observers) {
			try {
				observer.waiting(this.scope.request().task(), reason);
			}
			catch (RuntimeException ex) {
				log.warn("An observer failed; the run continues", ex);
			}
		}
	}

	private void write(@Nullable String written) {
		String text = (this.hold != null) ? this.hold.text() : null;
		if (!Objects.equals(text, written)) {
			this.gates.write(id(), text);
		}
	}

	private UUID id() {
		return this.scope.runId();
	}

}
