package com.delula.retention.run.engine;

import java.util.List;

import com.delula.retention.run.Ledger;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.batch.BatchTransaction;
import com.delula.retention.run.batch.WaypointSampler;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.run.history.RunHistory;
import com.delula.retention.run.history.RunLog;
import com.delula.retention.run.history.SteeringLog;
import com.delula.retention.run.lock.TaskLocks;
import com.delula.retention.run.steering.Gates;

import org.springframework.transaction.support.TransactionTemplate;

/** What the engine is made of. */
record EngineParts(RunProperties properties, TaskLocks locks, RunLog runLog, RunHistory history, Approvals approvals,
		RunCloser closer, BatchTransaction batches, WaypointSampler sampler, Ledger ledger, List<RunObserver> observers,
		TransactionTemplate transaction, SteeringLog wishes, Gates gates) {

}
