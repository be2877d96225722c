package com.delula.retention.doctor;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

import com.delula.retention.installation.Requirements;
import com.delula.retention.rule.Rules;
import com.delula.retention.support.Rows;
import com.delula.retention.support.TestDatabase.Installation;
import com.delula.retention.support.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/** A database to spoil, which every test leaves mended. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "retention.purge.cron=-", "ADMIN_PASSWORD=secret" })
abstract class SpoiledDatabase {

	/**
	 * Statistics are written late unless forced; before PostgreSQL 15 half a second late.
	 */
	static final String FLUSH = """
			DO $$ BEGIN
				IF current_setting('server_version_num')::int < 150000 THEN
					PERFORM pg_sleep(1);
				ELSE
					PERFORM pg_stat_force_next_flush();
				END IF;
			END $$
			""";

	static final TestDatabase DATABASE = TestDatabase.create(Installation.EXISTING);

	@Autowired
	Doctor doctor;

	@Autowired
	List<Requirements> requirements;

	@Autowired
	Rules rules;

	@Autowired
	DoctorProperties properties;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	PlatformTransactionManager transactionManager;

	@DynamicPropertySource
	static void database(DynamicPropertyRegistry registry) {
		DATABASE.register(registry);
	}

	/**
	 * Statistics come late, and a VACUUM keeps dead rows that a count of the service
	 * still sees.
	 */
	@AfterEach
	void everythingIsMended() {
		Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
			List<String> wrong = wrong();
			if (!wrong.isEmpty()) {
				execute("VACUUM ANALYZE");
			}
			assertThat(wrong).isEmpty();
		});
	}

	private List<String> wrong() {
		return this.doctor.examine()
			.stream()
			.filter((finding) -> finding.severity() != Severity.OK)
			.map(Finding::title)
			.toList();
	}

	List<Finding> found(String id) {
		return this.doctor.examine().stream().filter((finding) -> finding.id().equals(id) && finding.found()).toList();
	}

	static ReadOnlyDatabase databaseOf(String role) {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(DATABASE.jdbcUrl(), role, role);
		return new ReadOnlyDatabase(JdbcClient.create(dataSource), new JdbcTransactionManager(dataSource));
	}

	static void fill() {
		Rows rows = DATABASE.rows();
		for (long recipe = 1; recipe <= 40; recipe++) {
			rows.generation().failed().recipe(recipe).age(Duration.ofHours(24)).insert(100);
			rows.generation().completed().recipe(recipe).insert(400);
		}
		rows.job().completed().age(Duration.ofDays(9)).insertIds(2_000);
		rows.job().queued().insertIds(18_000);
		execute("ANALYZE");
	}

	/** Dead rows that are reported after the VACUUM would be counted anew. */
	static void empty() {
		execute("DELETE FROM generations; DELETE FROM jobs; " + FLUSH);
		execute("VACUUM ANALYZE");
	}

	static void execute(String sql) {
		try (Connection connection = DATABASE.dataSource().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

}
