package com.delula.retention.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;

/**
 * A database of a test's own, dropped when closed; whatever a test does in it, no other
 * test sees.
 */
public final class TestDatabase implements AutoCloseable {

	/** What the service finds when it starts. */
	public enum Installation {

		/** An empty database: the service creates everything. */
		NEW,

		/** The tables of {@code platform.sql}: the service adds only its own. */
		EXISTING

	}

	private static final String FORGET = """
			DO $$ BEGIN
				EXECUTE (SELECT 'TRUNCATE ' || string_agg(tablename, ', ') FROM pg_tables
					WHERE tablename LIKE 'retention%' AND tablename <> 'retention_schema_history');
			END $$
			""";

	private final PostgresServer server;

	private final Installation installation;

	private final String name;

	private final HikariDataSource dataSource;

	private TestDatabase(PostgresServer server, Installation installation, String name) {
		this.server = server;
		this.installation = installation;
		this.name = name;
		this.dataSource = pool(server, name);
	}

	public static TestDatabase create(Installation installation) {
		return create(PostgresServer.shared(), installation);
	}

	/**
	 * An existing installation on which the service has been started before, so that the
	 * next start has nothing to migrate and no index to build, which is more than half of
	 * its work. It knows of no schedule and no run.
	 */
	public static TestDatabase started() {
		return create(PostgresServer.shared(), Installation.EXISTING, startedTemplate());
	}

	public static TestDatabase create(PostgresServer server, Installation installation) {
		return create(server, installation,
				(installation == Installation.EXISTING) ? existingTemplate(server) : "template0");
	}

	private static TestDatabase create(PostgresServer server, Installation installation, String template) {
		String name = "test_" + UUID.randomUUID().toString().replace("-", "");
		execute(server, "postgres", "CREATE DATABASE " + name + " TEMPLATE " + template);
		// The driver asks for the JVM's zone; this one holds for psql and other clients.
		execute(server, "postgres", "ALTER DATABASE " + name + " SET timezone TO 'America/St_Johns'");
		return new TestDatabase(server, installation, name);
	}

	/** Copying a template takes a fraction of the time of running the script again. */
	private static synchronized String existingTemplate(PostgresServer server) {
		String name = "template_" + Installation.EXISTING.name().toLowerCase(Locale.ROOT);
		if (!exists(server, name)) {
			execute(server, "postgres", "CREATE DATABASE " + name);
			execute(server, name, resource("platform.sql"));
		}
		return name;
	}

	private static synchronized String startedTemplate() {
		PostgresServer server = PostgresServer.shared();
		String name = "template_started";
		if (!exists(server, name)) {
			try (TestDatabase database = create(Installation.EXISTING)) {
				Service.startWithoutWeb(database, "--retention.installation.index-patience=1m").close();
				execute(server, database.name, FORGET);
				database.dataSource.close();
				// A pool that is closed while it opens a connection lets go of it later.
				execute(server, "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
						+ database.name + "'");
				execute(server, "postgres", "CREATE DATABASE " + name + " TEMPLATE " + database.name);
			}
		}
		return name;
	}

	private static boolean exists(PostgresServer server, String name) {
		try (Connection connection = connect(server, "postgres"); Statement statement = connection.createStatement()) {
			return statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + name + "'").next();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void execute(PostgresServer server, String database, String sql) {
		try (Connection connection = connect(server, database); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Connection connect(PostgresServer server, String database) throws SQLException {
		return DriverManager.getConnection(server.jdbcUrl(database), server.username(), server.password());
	}

	private static HikariDataSource pool(PostgresServer server, String database) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(server.jdbcUrl(database));
		config.setUsername(server.username());
		config.setPassword(server.password());
		config.setPoolName(database);
		config.setMaximumPoolSize(5);
		config.setMinimumIdle(0);
		return new HikariDataSource(config);
	}

	/** The text of a file in {@code src/test/resources}. */
	public static String resource(String path) {
		try {
			return new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Installation installation() {
		return this.installation;
	}

	public String name() {
		return this.name;
	}

	public String jdbcUrl() {
		return this.server.jdbcUrl(this.name);
	}

	/** The same as {@link #jdbcUrl()}, in the form of {@code DATABASE_URL}. */
	public String databaseUrl() {
		return jdbcUrl().replace("jdbc:postgresql://",
				"postgres://" + this.server.username() + ":" + this.server.password() + "@");
	}

	public String username() {
		return this.server.username();
	}

	public String password() {
		return this.server.password();
	}

	public DataSource dataSource() {
		return this.dataSource;
	}

	public JdbcClient jdbc() {
		return JdbcClient.create(this.dataSource);
	}

	/** The row factory for this database; ask for it once the tables are there. */
	public Rows rows() {
		return new Rows(jdbc());
	}

	/** The properties that point an application at this database. */
	public List<String> properties() {
		return List.of("spring.datasource.url=" + jdbcUrl(), "spring.datasource.username=" + username(),
				"spring.datasource.password=" + password());
	}

	public void register(DynamicPropertyRegistry registry) {
		registry.add("spring.datasource.url", this::jdbcUrl);
		registry.add("spring.datasource.username", this::username);
		registry.add("spring.datasource.password", this::password);
	}

	@Override
	public void close() {
		this.dataSource.close();
		execute(this.server, "postgres", "DROP DATABASE IF EXISTS " + this.name + " WITH (FORCE)");
	}

	@Override
	public String toString() {
		return this.installation + " installation in " + this.name;
	}

}
