package com.delula.retention.cli;

import java.util.stream.Stream;

import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands on a database of their own, of which each test finds the tables empty. */
abstract class CommandTests {

	static TestDatabase database;

	static CommandLineRunner cli;

	@BeforeAll
	static void open() {
		database = TestDatabase.create(Installation.EXISTING);
	}

	/** Has the first command bring the service's tables. */
	static void begin(String... settings) {
		cli = new CommandLineRunner(Stream.concat(database.properties().stream(), Stream.of(settings)).toList());
		assertThat(cli.run("status")).as(cli.err()).isZero();
	}

	@AfterAll
	static void drop() {
		database.close();
	}

	@BeforeEach
	void clear() {
		database.rows().clear();
		database.jdbc().sql("TRUNCATE retention_run").update();
	}

	/** What a command writes that works. */
	static String out(String... command) {
		assertThat(cli.run(command)).as(cli.err()).isZero();
		return cli.out();
	}

	/** What the last command wrote. */
	static JsonNode json() {
		return new JsonMapper().readTree(cli.out());
	}

}
