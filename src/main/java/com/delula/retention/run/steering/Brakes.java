package com.delula.retention.run.steering;

import java.util.Optional;

import com.delula.retention.database.SqlFault;
import com.delula.retention.rule.Safeguards;
import com.delula.retention.run.WaitReason;
import com.delula.retention.run.batch.BatchTransaction;
import com.delula.retention.run.history.SteeringLog.Steered;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can hold a run back: a pause, the rule's windows, replicas that are behind, busy
 * sessions. An emergency and a restore ignore windows only.
 */
final class Brakes {

	private static final Logger log = LoggerFactory.getLogger(Brakes.class);

	private final Safeguards guards;

	private final boolean urgent;

	private final BatchTransaction batches;

	private final ReplicaLag replicas;

	private final BusySessions sessions;

	private boolean replicasKnown;

	private boolean sessionsKnown;

	Brakes(Safeguards guards, boolean urgent, BatchTransaction batches, ReplicaLag replicas, BusySessions sessions) {
		this.guards = guards;
		this.urgent = urgent;
		this.batches = batches;
		this.replicas = replicas;
		this.sessions = sessions;
		this.replicasKnown = replicas.isOn();
		this.sessionsKnown = sessions.isOn();
	}

	/**
	 * What the run has to wait for; null if nothing.
	 * @param own how many sessions of the run are at work
	 */
	@Nullable Hold hold(Steered steered, int own) {
		if (steered.paused()) {
			return new Hold(WaitReason.PAUSED, "an operator to resume it");
		}
		if (!this.urgent && !this.guards.isOpenAt(steered.timeOfDay())) {
			return new Hold(WaitReason.WINDOW, "its next window (" + this.guards.windowsText() + ")");
		}
		Hold lag = lag();
		return (lag != null) ? lag : load(own);
	}

	private @Nullable Hold lag() {
		if (!this.replicasKnown) {
			return null;
		}
		try {
			return this.batches.lookAsBatch(() -> Optional.ofNullable(this.replicas.hold())).orElse(null);
		}
		catch (RuntimeException ex) {
			this.replicasKnown = isPassing(ex, "retention.throttle.max-replica-lag");
			throw ex;
		}
	}

	private @Nullable Hold load(int own) {
		if (!this.sessionsKnown) {
			return null;
		}
		try {
			return this.batches.lookAsBatch(() -> Optional.ofNullable(this.sessions.hold(own))).orElse(null);
		}
		catch (RuntimeException ex) {
			this.sessionsKnown = isPassing(ex, "retention.throttle.max-active-sessions");
			throw ex;
		}
	}

	/** A server that does not offer the figures will not do so a second later. */
	private static boolean isPassing(RuntimeException ex, String setting) {
		if (SqlFault.of(ex) != SqlFault.OTHER || SqlFault.isReadOnly(ex)) {
			return true;
		}
		log.warn("{} has no effect on this run: the server does not answer: {}", setting, SqlFault.reason(ex));
		return false;
	}

}
