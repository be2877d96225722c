package com.delula.retention.ledger;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.Requirements;
import com.delula.retention.rule.Rules;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the ledger. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

	@Bean
	Requirements ledgerRequirements() {
		return new LedgerRequirements();
	}

	@Bean
	LedgerAccount ledgerAccount(@Value("${retention.backlog.user-id:system_backlog}") String userId) {
		return new LedgerAccount(userId);
	}

	@Bean
	@DependsOnDatabaseInitialization
	CreditLedger creditLedger(Catalog catalog, JdbcClient jdbc, PlatformTransactionManager transactionManager,
			Rules rules, LedgerAccount account) {
		return new CreditLedger(LedgerShape.of(catalog), jdbc, new TransactionTemplate(transactionManager),
				new RunDescription(rules), account.userId());
	}

}
