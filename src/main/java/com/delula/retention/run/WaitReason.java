package com.delula.retention.run;

import java.util.Locale;

/** Why a run waits between batches. */
public enum WaitReason {

	/** Somebody has paused it. */
	PAUSED,

	/** It is outside of its rule's windows. */
	WINDOW,

	/** A streaming replica is too far behind. */
	REPLICA_LAG,

	/** Too many sessions of the database are busy. */
	ACTIVE_SESSIONS;

	/** The name used in metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
