package com.delula.retention.run.engine;

import java.util.List;

import com.delula.retention.database.ReadOnlySnapshot;
import com.delula.retention.run.Ledger;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.RunProperties;
import com.delula.retention.run.ThrottleProperties;
import com.delula.retention.run.batch.BatchTransaction;
import com.delula.retention.run.batch.WaypointSampler;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.run.history.RunHistory;
import com.delula.retention.run.history.RunLog;
import com.delula.retention.run.history.SteeringLog;
import com.delula.retention.run.lock.TaskLocks;
import com.delula.retention.run.steering.Gates;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the engine. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ RunProperties.class, ThrottleProperties.class })
class EngineConfiguration {

	@Bean
	EngineParts engineParts(RunProperties properties, TaskLocks locks, RunLog runLog, RunHistory history,
			Approvals approvals, BatchTransaction batches, WaypointSampler sampler, Ledger ledger,
			List<RunObserver> observers, PlatformTransactionManager transactionManager, SteeringLog wishes,
			Gates gates) {
		TransactionTemplate transaction = new TransactionTemplate(transactionManager);
		RunCloser closer = new RunCloser(runLog, transaction, observers);
		return new EngineParts(properties, locks, runLog, history, approvals, closer, batches, sampler, ledger,
				observers, transaction, wishes, gates);
	}

	@Bean(destroyMethod = "shutdown")
	RunEngine runEngine(List<RetentionTask> tasks, EngineParts parts) {
		return new RunEngine(tasks, parts);
	}

	@Bean
	@ConditionalOnWebApplication
	WarmUp warmUp(List<RetentionTask> tasks, EngineParts parts) {
		return new WarmUp(tasks, parts);
	}

	/** Lazy, because a command needs none. */
	@Bean
	@Lazy
	StockReader stockReader(List<RetentionTask> tasks, RunLog runLog) {
		return new StockReader(tasks, runLog);
	}

	@Bean
	@Lazy
	RowReader rowReader(List<RetentionTask> tasks, RunLog runLog, ReadOnlySnapshot snapshot) {
		return new RowReader(tasks, runLog, snapshot);
	}

}
