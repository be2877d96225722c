package com.delula.retention.run;

import java.util.function.Supplier;

/**
 * Lets others look at the database as a run would: with the engine's own settings, but
 * where nothing can be changed.
 */
public class Rehearsal {

	private final BatchTransaction batches;

	Rehearsal(BatchTransaction batches) {
		this.batches = batches;
	}

	/** Looks with the settings under which stock is taken. */
	public <T> T asStock(Supplier<T> look) {
		return this.batches.lookAsStock(look, new StopSignal());
	}

	/** Looks with the settings of a batch. */
	public <T> T asBatch(Supplier<T> look) {
		return this.batches.lookAsBatch(look);
	}

}
