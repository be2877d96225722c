package com.delula.retention.run;

import java.util.List;

import org.springframework.transaction.support.TransactionTemplate;

/** What the engine is made of. */
record EngineParts(RunProperties properties, TaskLocks locks, RunLog runLog, RunHistory history, RunCloser closer,
		BatchTransaction batches, WaypointSampler sampler, Ledger ledger, List<RunObserver> observers,
		TransactionTemplate transaction) {

}
