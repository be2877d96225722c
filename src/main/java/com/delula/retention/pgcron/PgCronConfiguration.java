package com.delula.retention.pgcron;

import java.time.Clock;

import com.delula.retention.backlog.BacklogProperties;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the schedule inside the database. */
@Configuration(proxyBeanMethods = false)
class PgCronConfiguration {

	@Bean
	PgCron pgCron(JdbcClient jdbc, JdbcConnectionDetails connection, BacklogProperties rule, Clock clock) {
		return new PgCron(jdbc, new CronDatabase(jdbc, connection), rule, clock);
	}

}
