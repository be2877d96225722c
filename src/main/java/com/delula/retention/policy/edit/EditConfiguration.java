package com.delula.retention.policy.edit;

import com.delula.retention.installation.Catalog;
import com.delula.retention.policy.PolicyStore;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.run.engine.StockReader;
import com.delula.retention.status.Counts;
import com.delula.retention.status.DueObserver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the editing of policies. */
@Configuration(proxyBeanMethods = false)
class EditConfiguration {

	/** Lazy, because a command needs none but one. */
	@Bean
	@Lazy
	PolicyEdits policyEdits(PolicyStore store, RuleRequests requests, Catalog catalog, JdbcClient jdbc,
			StockReader stocks, Counts counts, PlatformTransactionManager transactionManager,
			ObjectProvider<DueObserver> observers) {
		return new PolicyEdits(store, new PolicyReader(requests, catalog, jdbc), stocks, counts,
				new TransactionTemplate(transactionManager), observers::stream);
	}

}
