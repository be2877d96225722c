package com.delula.retention.admin;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import com.delula.retention.support.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * Requests that no caller of good will sends, made up from the description of the API. On
 * a call that removes rows each has at least one fault for which it has to be refused, or
 * is narrowed to rows that there are not.
 */
final class HostileRequests {

	/** What is no value of any option but a text. */
	private static final List<String> WRONG = lines("hostile/values.txt");

	private static final List<String> BODIES = lines("hostile/bodies.txt");

	private static final List<String> HEADERS = lines("hostile/headers.txt");

	private static final List<String> TYPES = List.of("text/plain", "application/x-www-form-urlencoded",
			"multipart/form-data; boundary=x", "application/xml", "nonsense", "application/json;charset=utf-16",
			"application/json;charset=nothing", "application/jsonx", "*/*", "");

	private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS",
			"TRACE", "FOO", "get", "PROPFIND");

	private static final List<String> UNKNOWN = List.of("dryrun", "DryRun", "dryRun%5B%5D", "%64ryrun", "force", "all",
			"__proto__", "class.module.classLoader", "_method", "%00", "%F0%9F%92%A5", "%24where", "a.b",
			"expectedrows");

	private final Description description;

	private final List<String> calls;

	private final Random random;

	HostileRequests(Description description, long seed) {
		this.description = description;
		this.calls = List.copyOf(description.calls());
		this.random = new Random(seed);
	}

	private static List<String> lines(String resource) {
		return TestDatabase.resource(resource).lines().filter((line) -> !line.startsWith("# ")).toList();
	}

	/** The next request. */
	Hostile next() {
		String call = any(this.calls);
		String method = call.split(" ")[0];
		Parts parts = new Parts(method, path(call));
		int faults = 1 + this.random.nextInt(3);
		for (int i = 0; i < faults; i++) {
			spoil(parts, call);
		}
		if (this.random.nextInt(3) == 0) {
			parts.headers.add(any(HEADERS));
		}
		return parts.request();
	}

	/** Each of these alone is reason enough to refuse a call that removes rows. */
	private void spoil(Parts parts, String call) {
		switch (this.random.nextInt(8)) {
			case 0 -> parts.query.add(any(UNKNOWN) + "=" + any(WRONG));
			case 1 ->
				parts.method = any(METHODS.stream().filter((method) -> !method.equals(call.split(" ")[0])).toList());
			case 2 -> {
				parts.type = any(TYPES);
				parts.body = bytes("{\"dryRun\":true}");
			}
			case 3 -> parts.query.add("dryRun=true&dryRun=" + any(List.of("true", "false", "")));
			case 4, 5 -> {
				parts.type = "application/json";
				parts.body = body();
			}
			default -> parts.query.add(option(call) + "=" + any(WRONG));
		}
	}

	private byte[] body() {
		return switch (this.random.nextInt(8)) {
			case 0 -> bytes("[".repeat(1 + this.random.nextInt(30_000)));
			case 1 -> bytes("{\"a\":".repeat(1 + this.random.nextInt(9_000)));
			case 2 -> bytes("{\"failureReason\":\"" + "x".repeat(66_000) + "\"}");
			case 3 -> noise();
			case 4 -> "{\"dryRun\":true}".getBytes(StandardCharsets.UTF_16);
			default -> bytes(any(BODIES));
		};
	}

	/** Never the beginning of JSON. */
	private byte[] noise() {
		byte[] noise = new byte[1 + this.random.nextInt(300)];
		this.random.nextBytes(noise);
		noise[0] = (byte) 0xC3;
		return noise;
	}

	private String option(String call) {
		List<String> names = new ArrayList<>(List.of("dryRun", "expectedRows"));
		for (JsonNode reference : this.description.call(call).path("parameters")) {
			JsonNode parameter = this.description.resolve(reference);
			if (parameter.get("in").asString().equals("query")
					&& !parameter.get("name").asString().equals("failureReason")) {
				names.add(parameter.get("name").asString());
			}
		}
		return any(names);
	}

	private String path(String call) {
		String path = call.split(" ")[1];
		String rule = any(List.of("job-purge", "backlog-cleanup", "backlog-cleanup", any(WRONG)));
		String id = any(List.of("6f1c1c1e-0000-4000-8000-000000000000", "one", any(WRONG)));
		return path.replace("{rule}", rule).replace("{id}", id).replace("{key}", any(WRONG));
	}

	private <T> T any(List<T> list) {
		return list.get(this.random.nextInt(list.size()));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** A request while it is made up. */
	private static final class Parts {

		private final String path;

		private final List<String> query = new ArrayList<>();

		private final List<String> headers = new ArrayList<>();

		private String method;

		private String type = "";

		private byte[] body = {};

		Parts(String method, String path) {
			this.method = method;
			this.path = path;
		}

		Hostile request() {
			ByteArrayOutputStream out = new ByteArrayOutputStream();
			String target = this.path + (this.query.isEmpty() ? "" : "?" + String.join("&", this.query));
			out.writeBytes(bytes(this.method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
					+ "Authorization: Bearer admin-token\r\n"));
			this.headers.forEach((header) -> out.writeBytes(bytes(header.replace("\\t", "\t") + "\r\n")));
			if (this.body.length > 0) {
				out.writeBytes(
						bytes("Content-Type: " + this.type + "\r\nContent-Length: " + this.body.length + "\r\n"));
			}
			out.writeBytes(bytes("\r\n"));
			out.writeBytes(this.body);
			return new Hostile(this.method, out.toByteArray());
		}

	}

	/**
	 * A request.
	 *
	 * @param method its method
	 * @param bytes all of it
	 */
	record Hostile(String method, byte[] bytes) {

		@Override
		public String toString() {
			String text = new String(this.bytes, StandardCharsets.ISO_8859_1);
			return text.substring(0, Math.min(text.length(), 600));
		}

	}

}
