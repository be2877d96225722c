package com.delula.retention.undo;

import com.delula.retention.installation.Catalog;
import com.delula.retention.rule.Rules;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the undo window. */
@Configuration(proxyBeanMethods = false)
class UndoConfiguration {

	@Bean
	UndoNotice undoNotice(Rules rules, Catalog catalog) {
		return new UndoNotice(rules, catalog);
	}

	@Bean
	UndoPartitions undoPartitions(Rules rules, JdbcClient jdbc, PlatformTransactionManager transactionManager) {
		return new UndoPartitions(rules, jdbc, new TransactionTemplate(transactionManager));
	}

}
