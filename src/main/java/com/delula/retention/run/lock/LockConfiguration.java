package com.delula.retention.run.lock;

import com.delula.retention.run.RunProperties;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.provider.sql.DatabaseProduct;
import net.javacrumbs.shedlock.support.StorageBasedLockProvider;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the locks. */
@Configuration(proxyBeanMethods = false)
class LockConfiguration {

	/** Names this process on its locks, so that no other can renew or free them. */
	private final String owner;

	LockConfiguration(@Value("${retention.instance-id}") String owner) {
		this.owner = owner;
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
	TaskLocks taskLocks(StorageBasedLockProvider locks, JdbcClient jdbc, PlatformTransactionManager transactionManager,
			RunProperties properties) {
		return new TaskLocks(locks, jdbc, new TransactionTemplate(transactionManager), this.owner, properties.lease());
	}

}
