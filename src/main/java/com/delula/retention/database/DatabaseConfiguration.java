package com.delula.retention.database;

import javax.sql.DataSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires what everybody uses of the database. */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	/** Takes the place of Spring Boot's own, which relies on the session's settings. */
	@Bean
	PlatformTransactionManager transactionManager(DataSource dataSource, JdbcTemplate jdbc) {
		return new SelfContainedTransactions(new JdbcTransactionManager(dataSource), jdbc);
	}

	@Bean
	ReadOnlySnapshot readOnlySnapshot(DataSource dataSource, JdbcTemplate jdbc) {
		return new ReadOnlySnapshot(dataSource, jdbc);
	}

	/** Lazy, because a command needs none. */
	@Bean(destroyMethod = "leave")
	@Lazy
	Instance instance(JdbcClient jdbc, PlatformTransactionManager transactionManager,
			@Value("${retention.instance-id}") String id) {
		return new Instance(jdbc, new TransactionTemplate(transactionManager), id);
	}

}
