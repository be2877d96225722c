package com.delula.retention.status;

import java.time.Duration;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Wires the counts. */
@Configuration(proxyBeanMethods = false)
class StatusConfiguration {

	/** A count of 5,000,000 rows takes about a second. */
	@Bean
	Counts counts(JdbcTemplate jdbc, PlatformTransactionManager transactionManager,
			@Value("${retention.status.timeout:30s}") Duration timeout) {
		return new Counts(jdbc, transactionManager, timeout);
	}

}
