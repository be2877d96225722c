package com.delula.retention.run.steering;

import java.util.List;

import com.delula.retention.run.RunObserver;
import com.delula.retention.run.ThrottleProperties;
import com.delula.retention.run.batch.BatchTransaction;
import com.delula.retention.run.history.SteeringLog;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what holds runs back. */
@Configuration(proxyBeanMethods = false)
class SteeringConfiguration {

	@Bean
	Gates gates(JdbcClient jdbc, BatchTransaction batches, SteeringLog wishes,
			PlatformTransactionManager transactionManager, ThrottleProperties properties, List<RunObserver> observers) {
		return new Gates(jdbc, batches, wishes, new TransactionTemplate(transactionManager), properties, observers);
	}

}
