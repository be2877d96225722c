package com.delula.retention.pgcron;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.SettingsInForce;
import com.delula.retention.statement.FunctionSql;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares settings with those of the service that last started on the database. They
 * stand in the comments on the functions, which that start writes with them.
 */
public class ServiceSettings {

	/** The comment on a function that no service has written. */
	static final String COMMENT = "Carries out a rule of the retention service; returns the rows removed.";

	/** What the settings stand below in a comment, one a line. */
	private static final String HEADING = "Settings of the service:";

	private static final String SEPARATOR = ": ";

	private static final String FIND = """
			SELECT obj_description(to_regprocedure(CAST(:function AS text) || '()'), 'pg_proc')
			""";

	private final JdbcClient jdbc;

	ServiceSettings(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The comment on a rule's function by a service with these settings. */
	static String comment(Rule rule) {
		return SettingsInForce.of(rule)
			.entrySet()
			.stream()
			.map((setting) -> setting.getKey() + SEPARATOR + setting.getValue())
			.collect(Collectors.joining("\n", COMMENT + "\n" + HEADING + "\n", ""));
	}

	/** Whether a comment tells settings. */
	static boolean isTold(String comment) {
		return comment.contains(HEADING);
	}

	/**
	 * In what the settings of a rule here differ from the service's; empty if in nothing,
	 * or if no service has told them.
	 */
	public List<Difference> differences(Rule rule) {
		Map<String, String> here = SettingsInForce.of(rule);
		Map<String, String> service = told(rule);
		if (service.isEmpty()) {
			return List.of();
		}
		return Stream.concat(here.keySet().stream(), service.keySet().stream())
			.distinct()
			.map((name) -> new Difference(name, here.getOrDefault(name, "none"), service.getOrDefault(name, "none")))
			.filter((setting) -> !setting.here().equals(setting.service()))
			.toList();
	}

	private Map<String, String> told(Rule rule) {
		String comment = this.jdbc.sql(FIND)
			.param("function", FunctionSql.name(rule))
			.query((row, index) -> Objects.toString(row.getString(1), ""))
			.single();
		Map<String, String> settings = new LinkedHashMap<>();
		comment.lines()
			.dropWhile((line) -> !line.equals(HEADING))
			.map((line) -> line.split(SEPARATOR, 2))
			.filter((setting) -> setting.length == 2)
			.forEach((setting) -> settings.put(setting[0], setting[1]));
		return settings;
	}

	/**
	 * A setting that differs.
	 *
	 * @param name its name
	 * @param here its value here
	 * @param service its value in the service
	 */
	public record Difference(String name, String here, String service) {

		@Override
		public String toString() {
			return this.name + " is " + this.here + " here and " + this.service + " in the service";
		}

	}

}
