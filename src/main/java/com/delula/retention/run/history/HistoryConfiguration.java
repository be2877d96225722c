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
	RunActions runActions(JdbcClient jdbc) {
		return new RunActions(jdbc);
	}

	@Bean
	Approvals approvals(JdbcClient jdbc) {
		return new Approvals(jdbc);
	}

	@Bean
	RunLog runLog(JdbcClient jdbc, Ledger ledger, RunActions actions, Approvals approvals, RunProperties properties) {
		return new RunLog(new RunRows(jdbc), jdbc, ledger, actions, approvals, properties, this.owner);
	}

	@Bean
	SteeringLog steeringLog(JdbcClient jdbc, RunActions actions) {
		return new SteeringLog(jdbc, actions);
	}

	/** Lazy, because a command needs none. */
	@Bean
	@Lazy
	FiringLog firingLog(JdbcClient jdbc) {
		return new FiringLog(jdbc, this.owner);
	}

}
