package com.delula.retention.installation;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the look at the installation, the migrations and the indexes. */
@Configuration(proxyBeanMethods = false)
class InstallationConfiguration {

	@Bean
	Catalog catalog(JdbcClient jdbc) {
		return new Catalog(jdbc);
	}

	/** Lazy, because the service itself migrates. */
	@Bean
	@Lazy
	InstalledVersion installedVersion(JdbcClient jdbc) {
		return new InstalledVersion(jdbc);
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
	FlywayMigrationStrategy migration(List<Requirements> requirements) {
		Migration migration = new Migration(requirements);
		return (flyway) -> {
			connectWithoutSettings(flyway.getConfiguration().getDataSource());
			try {
				migration.run(flyway);
			}
			catch (SQLException ex) {
				throw new IllegalStateException("The database went away while it was migrated", ex);
			}
		};
	}

	/**
	 * Migrations under a role of their own come without the settings of the pool; see
	 * application.yml.
	 */
	private static void connectWithoutSettings(DataSource dataSource) {
		if (dataSource instanceof SimpleDriverDataSource connections && connections.getConnectionProperties() == null) {
			Properties properties = new Properties();
			properties.setProperty("assumeMinServerVersion", "14");
			connections.setConnectionProperties(properties);
		}
	}

	@Bean
	MissingIndexes missingIndexes(List<Requirements> requirements, Catalog catalog) {
		return new MissingIndexes(requirements, catalog);
	}

	/** Only where Flyway is on: its role is the one that may build indexes. */
	@Bean
	@DependsOnDatabaseInitialization
	@ConditionalOnProperty(name = { "retention.installation.build-indexes", "spring.flyway.enabled" },
			matchIfMissing = true)
	IndexBuilds indexBuilds(Flyway flyway, MissingIndexes missing, JdbcClient jdbc,
			PlatformTransactionManager transactionManager, @Value("${retention.instance-id}") String owner,
			@Value("${retention.installation.index-patience:3s}") Duration patience) {
		return new IndexBuilds(flyway.getConfiguration().getDataSource(), missing,
				new BuildLease(jdbc, new TransactionTemplate(transactionManager), owner), patience);
	}

}
