package com.delula.retention.settings;

import java.util.Map;

import com.delula.retention.validation.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The names that the platforms' environments already use. */
class EnvironmentNamesTests {

	/** The environment and then what lies below it, such as a file. */
	private static StandardEnvironment environment(Map<String, Object> variables, Map<String, Object> file) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new MapPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		environment.getPropertySources().addLast(new MapPropertySource("file", file));
		new EnvironmentNames().postProcessEnvironment(environment, new SpringApplication());
		return environment;
	}

	private static StandardEnvironment environment(String name, String value) {
		return environment(name.equals("DATABASE_URL") ? Map.of(name, value)
				: Map.of(name, value, "DATABASE_URL", "postgres://db/a"), Map.of());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "BACKLOG_USER_ID|robot|retention.backlog.user-id|robot",
			"CLEANUP_AGE_HOURS|36|retention.backlog.max-age|36h",
			"MAX_FAILED_GENERATIONS_PER_RECIPE|3|retention.backlog.keep-per-recipe|3",
			"MAX_FAILED_GENERATIONS_PER_RECIPE|0|retention.backlog.keep-per-recipe|0",
			"CLEANUP_SCHEDULE|0 3 * * *|retention.backlog.cron|0 3 * * *",
			"PURGE_MAX_AGE_HOURS|0|retention.purge.max-age|0h", "PURGE_INTERVAL_HOURS|12|retention.purge.interval|12h",
			"PURGE_INITIAL_DELAY_SECONDS|0|retention.purge.initial-delay|0s", "PURGE_SCHEDULE|-|retention.purge.cron|-",
			"DATABASE_URL|postgres://me:p%40ss@db:5433/app?sslmode=disable|spring.datasource.url|jdbc:postgresql://db:5433/app?sslmode=disable",
			"DATABASE_URL|postgres://me:p%40ss@db/app|spring.datasource.username|me",
			"DATABASE_URL|postgres://me:p%40ss@db/app|spring.datasource.password|p@ss" })
	void eachSetsItsProperty(String name, String value, String property, String expected) {
		StandardEnvironment environment = environment(name, value);
		assertThat(environment.getProperty(property)).isEqualTo(expected);
		assertThatCode(() -> EnvironmentNames.check(environment)).doesNotThrowAnyException();
	}

	@Test
	void theyOutrankAFile() {
		StandardEnvironment environment = environment(Map.of("CLEANUP_AGE_HOURS", "36"),
				Map.of("retention.backlog.max-age", "1h"));
		assertThat(environment.getProperty("retention.backlog.max-age")).isEqualTo("36h");
	}

	@Test
	void anEmptyVariableIsNone() {
		StandardEnvironment environment = environment(Map.of("CLEANUP_AGE_HOURS", " ", "DATABASE_URL", ""),
				Map.of("retention.backlog.max-age", "1h", "spring.datasource.url", "jdbc:postgresql://db/a"));
		assertThat(environment.getProperty("retention.backlog.max-age")).isEqualTo("1h");
		assertThatCode(() -> EnvironmentNames.check(environment)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource({ "CLEANUP_AGE_HOURS,abc", "CLEANUP_AGE_HOURS,-1", "CLEANUP_AGE_HOURS,0", "CLEANUP_AGE_HOURS,1.5",
			"CLEANUP_AGE_HOURS,24h", "CLEANUP_AGE_HOURS,87601", "CLEANUP_AGE_HOURS,99999999999",
			"MAX_FAILED_GENERATIONS_PER_RECIPE,-10", "MAX_FAILED_GENERATIONS_PER_RECIPE,ten", "PURGE_MAX_AGE_HOURS,-1",
			"PURGE_MAX_AGE_HOURS,x", "PURGE_INTERVAL_HOURS,0", "PURGE_INTERVAL_HOURS,6h",
			"PURGE_INITIAL_DELAY_SECONDS,-1", "PURGE_INITIAL_DELAY_SECONDS,1m", "DATABASE_URL,mysql://db/a",
			"DATABASE_URL,postgres://db", "DATABASE_URL,nonsense" })
	void nonsenseIsNamed(String name, String value) {
		StandardEnvironment environment = environment(name, value);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> EnvironmentNames.check(environment))
			.withMessageContaining(name)
			.withMessageContaining(value)
			.withMessageContaining("must be");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void withoutADatabaseTheLineSaysWhatToSet(String url) {
		StandardEnvironment environment = environment("DATABASE_URL", url);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> EnvironmentNames.check(environment))
			.withMessageContaining("DATABASE_URL")
			.withMessageContaining("SPRING_DATASOURCE_URL");
	}

}
