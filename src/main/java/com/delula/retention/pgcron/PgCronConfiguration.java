package com.delula.retention.pgcron;

import java.time.Clock;

import javax.sql.DataSource;

import com.delula.retention.rule.Rules;
import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the schedule inside the database. */
@Configuration(proxyBeanMethods = false)
class PgCronConfiguration {

	/** Written by the role of the migrations, where there is one. */
	@Bean(initMethod = "start")
	@DependsOnDatabaseInitialization
	RuleFunctions ruleFunctions(ObjectProvider<Flyway> flyway, DataSource dataSource, Rules rules,
			@Value("${retention.backlog.user-id:system_backlog}") String ledgerUser,
			@Value("${retention.installation.functions:all}") RuleFunctions.AtStart atStart) {
		Flyway migrations = flyway.getIfAvailable();
		return new RuleFunctions((migrations != null) ? migrations.getConfiguration().getDataSource() : dataSource,
				rules.all(), ledgerUser, atStart);
	}

	@Bean
	ServiceSettings serviceSettings(JdbcClient jdbc) {
		return new ServiceSettings(jdbc);
	}

	@Bean
	PgCron pgCron(JdbcClient jdbc, JdbcConnectionDetails connection, RuleFunctions functions, Clock clock) {
		return new PgCron(jdbc, new CronDatabase(jdbc, connection), functions, clock);
	}

}
