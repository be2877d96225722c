package com.delula.retention.run.batch;

import javax.sql.DataSource;

import com.delula.retention.run.RunProperties;
import com.delula.retention.run.history.RunLog;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires what removes rows. */
@Configuration(proxyBeanMethods = false)
class BatchConfiguration {

	@Bean
	BatchTransaction batchTransaction(JdbcTemplate jdbc, DataSource dataSource, RunLog runLog,
			RunProperties properties) {
		return new BatchTransaction(jdbc, dataSource, runLog, properties);
	}

	@Bean
	WaypointSampler waypointSampler(JdbcClient jdbc, BatchTransaction batches) {
		return new WaypointSampler(jdbc, batches);
	}

	@Bean
	ReadOnlySession readOnlySession(BatchTransaction batches) {
		return new ReadOnlySession(batches);
	}

}
