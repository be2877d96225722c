package com.delula.retention.run.steering;

import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.function.DoubleConsumer;

import com.delula.retention.rule.Rule;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.StopSignal;
import com.delula.retention.run.ThrottleProperties;
import com.delula.retention.run.batch.BatchTransaction;
import com.delula.retention.run.history.SteeringLog;
import com.delula.retention.run.history.SteeringLog.Steered;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Sets up the gate of each run. */
public class Gates {

	private final JdbcClient jdbc;

	private final BatchTransaction batches;

	private final SteeringLog wishes;

	private final TransactionTemplate transaction;

	private final ThrottleProperties properties;

	private final List<RunObserver> observers;

	Gates(JdbcClient jdbc, BatchTransaction batches, SteeringLog wishes, TransactionTemplate transaction,
			ThrottleProperties properties, List<RunObserver> observers) {
		this.jdbc = jdbc;
		this.batches = batches;
		this.wishes = wishes;
		this.transaction = transaction;
		this.properties = properties;
		this.observers = observers;
	}

	/**
	 * Sets up the gate of a run.
	 * @param pace told the duty cycle that is wanted when it changes
	 */
	public Gate of(RunScope scope, Rule rule, StopSignal stop, DoubleConsumer pace) {
		return new Gate(scope, stop, pace, brakes(scope, rule), this);
	}

	/** Looks once, so that the first run does not have to do it for the first time. */
	public void rehearse(RunScope scope, Rule rule) {
		this.batches.lookAsBatch(() -> this.wishes.read(scope.runId()));
		brakes(scope, rule).hold(new Steered(true, false, false, null, null, LocalTime.NOON), 0);
	}

	private Brakes brakes(RunScope scope, Rule rule) {
		return new Brakes(rule.safeguards(), scope.request().mode() != Mode.REGULAR, this.batches,
				new ReplicaLag(this.jdbc, this.properties), new BusySessions(this.jdbc, this.properties));
	}

	/** Under a batch's timeouts, so that no look outlasts a batch. */
	Steered read(UUID run) {
		return this.batches.lookAsBatch(() -> this.wishes.read(run)).orElseThrow();
	}

	void write(UUID run, @Nullable String waitingFor) {
		this.transaction.executeWithoutResult((tx) -> this.wishes.waiting(run, waitingFor));
	}

	List<RunObserver> observers() {
		return this.observers;
	}

}
