package com.delula.retention.run.history;

import com.delula.retention.run.Ledger;
import com.delula.retention.run.RunProperties;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the history. */
@Configuration(proxyBeanMethods = false)
class HistoryConfiguration {

	private final String owner;

	HistoryConfiguration(@Value("${retention.instance-id}") String owner) {
		this.owner = owner;
	}

	@Bean
	RunHistory runHistory(JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		TransactionTemplate transaction = new TransactionTemplate(transactionManager);
		transaction.setReadOnly(true);
		return new RunHistory(new RunRows(jdbc), jdbc, transaction);
	}

	@Bean
	RunLog runLog(JdbcClient jdbc, Ledger ledger, RunProperties properties) {
		return new RunLog(new RunRows(jdbc), jdbc, ledger, properties, this.owner);
	}

	@Bean
	SteeringLog steeringLog(JdbcClient jdbc) {
		return new SteeringLog(jdbc);
	}

	/** Lazy, because a command needs none. */
	@Bean
	@Lazy
	FiringLog firingLog(JdbcClient jdbc) {
		return new FiringLog(jdbc, this.owner);
	}

}
