package com.delula.retention.run;

import java.util.List;

import javax.sql.DataSource;

import jakarta.persistence.EntityManagerFactory;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.provider.sql.DatabaseProduct;
import net.javacrumbs.shedlock.support.StorageBasedLockProvider;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the engine. */
@Configuration(proxyBeanMethods = false)
class RunConfiguration {

	/** Names this process on its locks, so that no other can renew or free them. */
	private final String owner;

	RunConfiguration(@Value("${retention.instance-id}") String owner) {
		this.owner = owner;
	}

	@Bean
	RunHistory runHistory(RunRepository runs) {
		return new RunHistory(runs);
	}

	@Bean
	RunLog runLog(RunRepository runs, JdbcClient jdbc, Ledger ledger) {
		return new RunLog(runs, jdbc, ledger, this.owner);
	}

	/** Takes the place of Spring Boot's own, which knows nothing of poolers. */
	@Bean
	PlatformTransactionManager transactionManager(EntityManagerFactory entities, JdbcTemplate jdbc) {
		JpaTransactionManager transactions = new JpaTransactionManager(entities);
		transactions.afterPropertiesSet();
		return new SelfContainedTransactions(transactions, jdbc);
	}

	@Bean
	ReadOnlySnapshot readOnlySnapshot(DataSource dataSource, JdbcTemplate jdbc) {
		return new ReadOnlySnapshot(dataSource, jdbc);
	}

	@Bean
	StorageBasedLockProvider lockProvider(JdbcTemplate jdbc, PlatformTransactionManager transactionManager) {
		return new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
			.withJdbcTemplate(jdbc)
			.withTransactionManager(new ImpatientTransactions(transactionManager, jdbc))
			.withTableName("retention_lock")
			.withDatabaseProduct(DatabaseProduct.POSTGRES_SQL)
			.withLockedByValue(this.owner)
			.usingDbTime()
			.build());
	}

	@Bean
	BatchTransaction batchTransaction(JdbcTemplate jdbc, DataSource dataSource, RunLog runLog,
			RunProperties properties) {
		return new BatchTransaction(jdbc, dataSource, runLog, properties);
	}

	@Bean
	ReadOnlySession readOnlySession(BatchTransaction batches) {
		return new ReadOnlySession(batches);
	}

	@Bean(destroyMethod = "shutdown")
	RunEngine runEngine(List<RetentionTask> tasks, RunProperties properties, StorageBasedLockProvider locks,
			RunLog runLog, RunHistory history, BatchTransaction batches, JdbcClient jdbc, Ledger ledger,
			List<RunObserver> observers, PlatformTransactionManager transactionManager) {
		TransactionTemplate transaction = new TransactionTemplate(transactionManager);
		RunCloser closer = new RunCloser(runLog, transaction, observers);
		return new RunEngine(tasks,
				new EngineParts(properties, new TaskLocks(locks, jdbc, transaction, this.owner, properties.lease()),
						runLog, history, closer, batches, new WaypointSampler(jdbc, batches), ledger, observers,
						transaction));
	}

}
