package com.delula.retention.run.batch;

import java.util.function.Supplier;

import com.delula.retention.run.StopSignal;

/**
 * Reads the database with the settings under which the engine works, in transactions that
 * cannot change anything.
 */
public class ReadOnlySession {

	private final BatchTransaction batches;

	ReadOnlySession(BatchTransaction batches) {
		this.batches = batches;
	}

	/** Reads with the settings under which a run counts what is due. */
	public <T> T withCountSettings(Supplier<T> query) {
		return this.batches.lookAsStock(query, new StopSignal());
	}

	/** Reads with the settings of a batch. */
	public <T> T withBatchSettings(Supplier<T> query) {
		return this.batches.lookAsBatch(query);
	}

}
