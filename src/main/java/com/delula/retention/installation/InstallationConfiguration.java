package com.delula.retention.installation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Wires the look at the installation, the migrations and the indexes. */
@Configuration(proxyBeanMethods = false)
class InstallationConfiguration {

	/** An index on a large table takes as long as it takes. */
	private static final int UNLIMITED = 0;

	@Bean
	Catalog catalog(JdbcClient jdbc) {
		return new Catalog(jdbc);
	}

	/**
	 * Looks at the whole installation with the service's own role, after the migrations.
	 */
	@Bean(initMethod = "everything")
	@DependsOnDatabaseInitialization
	@ConditionalOnProperty(name = "retention.installation.check", matchIfMissing = true)
	InstallationCheck installationCheck(List<Requirements> requirements, JdbcClient jdbc) {
		return new InstallationCheck(requirements, jdbc);
	}

	@Bean
	FlywayMigrationStrategy migrateAndIndex(List<Requirements> requirements,
			@Value("${retention.installation.build-indexes:true}") boolean buildIndexes) {
		return (flyway) -> {
			DataSource dataSource = flyway.getConfiguration().getDataSource();
			new InstallationCheck(requirements, JdbcClient.create(dataSource)).columnsOfExistingTables();
			flyway.migrate();
			if (buildIndexes) {
				index(dataSource, requirements);
			}
		};
	}

	/** The advisory lock and the indexes want one session. */
	private static void index(DataSource dataSource, List<Requirements> requirements) {
		try (Connection connection = dataSource.getConnection()) {
			connection.setNetworkTimeout(Runnable::run, UNLIMITED);
			JdbcClient session = JdbcClient.create(new SingleConnectionDataSource(connection, true));
			new IndexBuilder(session)
				.build(requirements.stream().flatMap((feature) -> feature.indexes().stream()).toList());
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The database went away while its indexes were looked at", ex);
		}
	}

}
