package com.delula.retention;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import com.delula.retention.support.DemonstrationServer;
import com.delula.retention.support.TestDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The real service on a database of demonstration data:
 * {@code ./mvnw spring-boot:test-run}. What it removes stays removed until
 * {@code target/demo-postgres} is deleted.
 */
public final class TestRetentionApplication {

	private static final Path DATA = Path.of("target", "demo-postgres");

	private TestRetentionApplication() {
	}

	public static void main(String[] args) throws Exception {
		DemonstrationServer server = server();
		// After the context, so that a run under way still writes how it ended.
		SpringApplication.getShutdownHandlers().add(server::close);
		configure(server);
		try {
			SpringApplication.from(RetentionApplication::main).with(Invitation.class).run(args);
		}
		catch (RuntimeException ex) {
			// It has been told why
			server.close();
			System.exit(1);
		}
	}

	private static DemonstrationServer server() throws Exception {
		try {
			return DemonstrationServer.start(DATA);
		}
		catch (IllegalStateException ex) {
			System.err.println("Cannot start: " + ex.getMessage());
			System.exit(1);
			throw ex;
		}
	}

	/**
	 * System properties outrank the environment: a shell that names a real database does
	 * not get it cleaned by a demonstration. What runs remove can be brought back, so
	 * that there is a restore to try.
	 */
	private static void configure(DemonstrationServer server) {
		System.setProperty("DATABASE_URL", server.databaseUrl());
		System.setProperty("spring.datasource.url", server.jdbcUrl());
		System.setProperty("spring.datasource.username", server.username());
		System.setProperty("spring.datasource.password", server.password());
		for (String rule : List.of("backlog", "purge")) {
			if (System.getenv("RETENTION_" + rule.toUpperCase(Locale.ROOT) + "_UNDO") == null) {
				System.setProperty("retention." + rule + ".undo", "7d");
			}
		}
		System.setProperty("ADMIN_USERNAME", "admin");
		System.setProperty("ADMIN_PASSWORD", "demonstration");
	}

	/** The last lines of the start: where it is and what to try first. */
	static class Invitation implements ApplicationListener<ApplicationReadyEvent>, Ordered {

		private static final Logger logger = LoggerFactory.getLogger(TestRetentionApplication.class);

		@Override
		public void onApplicationEvent(ApplicationReadyEvent event) {
			remember(event.getApplicationContext().getBean(JdbcTemplate.class));
			Environment environment = event.getApplicationContext().getEnvironment();
			String url = "http://localhost:" + environment.getProperty("local.server.port", "8080");
			String user = environment.getRequiredProperty("ADMIN_USERNAME");
			String password = environment.getRequiredProperty("ADMIN_PASSWORD");
			logger.info(
					"""
							The demonstration is ready.
							  URL       {}
							  User      {}
							  Password  {}
							  Database  psql {}
							  Commands  DATABASE_URL={} RETENTION_BACKLOG_UNDO={} RETENTION_PURGE_UNDO={} java -jar target/retention.jar status
							  Try       curl -u {}:{} {}/api/admin/backlog-cleanup/status""",
					url, user, password, environment.getProperty("DATABASE_URL"),
					environment.getProperty("DATABASE_URL"), environment.getProperty("retention.backlog.undo"),
					environment.getProperty("retention.purge.undo"), user, password, url);
		}

		/** A month of history, once the service has made the tables that keep it. */
		private static void remember(JdbcTemplate jdbc) {
			Boolean fresh = jdbc.queryForObject(
					"SELECT NOT EXISTS (SELECT FROM retention_run WHERE owner = 'demonstration')", Boolean.class);
			if (Boolean.TRUE.equals(fresh)) {
				new TransactionTemplate(new DataSourceTransactionManager(Objects.requireNonNull(jdbc.getDataSource())))
					.executeWithoutResult((tx) -> jdbc.execute(TestDatabase.resource("demonstration-history.sql")));
			}
		}

		@Override
		public int getOrder() {
			return LOWEST_PRECEDENCE;
		}

	}

}
