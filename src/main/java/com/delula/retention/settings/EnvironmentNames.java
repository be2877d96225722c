package com.delula.retention.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.delula.retention.validation.InvalidSettingException;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.StringUtils;

/**
 * Gives the settings the names that the platforms' environments already use. A setting's
 * own name wins where both are set; an empty variable counts as unset. Also gives this
 * process a name of its own.
 */
class EnvironmentNames implements EnvironmentPostProcessor {

	private static final List<Name> NAMES = List.of(new Name("BACKLOG_USER_ID", "retention.backlog.user-id"),
			new Name("CLEANUP_AGE_HOURS", "retention.backlog.max-age", "h", "hours", 1),
			new Name("MAX_FAILED_GENERATIONS_PER_RECIPE", "retention.backlog.keep-per-recipe", "", "rows", 0),
			new Name("CLEANUP_SCHEDULE", "retention.backlog.cron"),
			new Name("PURGE_MAX_AGE_HOURS", "retention.purge.max-age", "h", "hours", 0),
			new Name("PURGE_INTERVAL_HOURS", "retention.purge.interval", "h", "hours", 1),
			new Name("PURGE_INITIAL_DELAY_SECONDS", "retention.purge.initial-delay", "s", "seconds", 0),
			new Name("PURGE_SCHEDULE", "retention.purge.cron"));

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Map<String, Object> translated = new HashMap<>();
		translated.put("retention.instance-id", UUID.randomUUID().toString());
		for (Name name : NAMES) {
			String value = environment.getProperty(name.variable());
			if (StringUtils.hasText(value) && name.accepts(value.trim())) {
				translated.put(name.property(), value.trim() + name.unit());
			}
		}
		translated.put("retention.pool-size", Integer.toString(poolSize(environment)));
		String url = environment.getProperty(DatabaseUrl.VARIABLE);
		if (StringUtils.hasText(url)) {
			DatabaseUrl.parse(url.trim()).ifPresent((database) -> translated.putAll(database.properties()));
		}
		environment.getPropertySources()
			.addAfter(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
					new MapPropertySource("retentionEnvironmentNames", translated));
	}

	/** The short variables, by the properties that they set. */
	static Map<String, String> variables() {
		Map<String, String> variables = new HashMap<>();
		NAMES.forEach((name) -> variables.put(name.property(), name.variable()));
		return variables;
	}

	/**
	 * Connections that two runs at a time need, one a worker and one for taking slices,
	 * and some for callers, leases and counts.
	 */
	private static int poolSize(Environment environment) {
		String workers = environment.getProperty("retention.run.workers", "");
		return workers.matches("[1-9][0-9]?") ? 2 * (Integer.parseInt(workers) + 1) + 6 : 12;
	}

	/**
	 * Looks for invalid values.
	 * @throws InvalidSettingException if there is one, or no database is named
	 */
	static void check(Environment environment) {
		for (Name name : NAMES) {
			String value = environment.getProperty(name.variable());
			if (StringUtils.hasText(value) && !name.accepts(value.trim())) {
				throw new InvalidSettingException(name.variable(), value, name.allowed());
			}
		}
		DatabaseUrl.check(environment);
	}

	/**
	 * A variable and the property that it sets.
	 *
	 * @param variable the variable's name
	 * @param property the property's name
	 * @param unit what is added to a number; empty for none
	 * @param counted what a number counts; empty if it is none
	 * @param least the least number
	 */
	private record Name(String variable, String property, String unit, String counted, int least) {

		private static final int MOST = 87_600;

		private static final int MOST_ROWS = 1_000_000;

		Name(String variable, String property) {
			this(variable, property, "", "", 0);
		}

		boolean accepts(String value) {
			if (this.counted.isEmpty()) {
				return true;
			}
			return value.matches("[0-9]{1,9}") && Integer.parseInt(value) >= this.least
					&& Integer.parseInt(value) <= most();
		}

		String allowed() {
			return "a whole number of " + this.counted + " from " + this.least + " to " + most();
		}

		private int most() {
			return switch (this.counted) {
				case "hours" -> MOST;
				case "seconds" -> MOST * 3600 / 10;
				default -> MOST_ROWS;
			};
		}

	}

}
