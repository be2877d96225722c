package com.delula.retention.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A line of {@code endpoints.txt}: an address of the service and the least role that it
 * takes.
 *
 * @param method the HTTP method
 * @param pattern the address as it is mapped, with variables
 * @param path the address to call
 * @param role the least role; {@link #OPEN} for none
 */
public record Endpoint(String method, String pattern, String path, String role) {

	/** For everybody. */
	public static final String OPEN = "OPEN";

	/** From the least to the greatest. */
	public static final List<String> ROLES = List.of("VIEWER", "OPERATOR", "ADMIN");

	private static final Map<String, String> SAMPLES = Map.of("rule", "job-purge", "id",
			"6f1c1c1e-0000-4000-8000-000000000000", "key", "1");

	/** Every line of the table. */
	public static List<Endpoint> all() {
		List<Endpoint> all = new ArrayList<>();
		TestDatabase.resource("endpoints.txt")
			.lines()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.forEach((line) -> all.add(parse(line.trim().split("\\s+"))));
		return all;
	}

	private static Endpoint parse(String[] words) {
		Map<String, String> values = new TreeMap<>(SAMPLES);
		for (int i = 3; i < words.length; i++) {
			values.put(words[i].split("=")[0], words[i].split("=")[1]);
		}
		String path = words[1].replace("/**", "");
		for (Map.Entry<String, String> value : values.entrySet()) {
			path = path.replace("{" + value.getKey() + "}", value.getValue());
		}
		return new Endpoint(words[0], words[1], path, words[2]);
	}

	/** As the table has it. */
	public String call() {
		return this.method + " " + this.pattern;
	}

	/** Whether it is a page, which knows sessions and no credentials. */
	public boolean isPage() {
		return !this.path.matches("/(api|actuator|v3|error)([/.].*)?");
	}

	public boolean isOpen() {
		return this.role.equals(OPEN);
	}

	/** Whether somebody with that role may call it. */
	public boolean admits(String caller) {
		return isOpen() || ROLES.indexOf(caller) >= ROLES.indexOf(this.role);
	}

	/**
	 * An address that calls nothing to life where it is admitted: an option that there is
	 * not is refused by whatever deletes.
	 */
	public String harmless() {
		return this.path + (this.method.equals("GET") ? "" : "?nonsense=1");
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
