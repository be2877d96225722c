package com.delula.retention.admin;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.delula.retention.support.Answer;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The description of the API as it is served, and whether an answer is as it says. Knows
 * as much of JSON Schema as the description uses, and is stricter in one point: a field
 * that is not described is a fault unless the schema says otherwise.
 */
final class Description {

	private final JsonNode root;

	Description(JsonNode root) {
		this.root = root;
	}

	JsonNode root() {
		return this.root;
	}

	/** Every call as {@code POST /path}. */
	Set<String> calls() {
		Set<String> calls = new LinkedHashSet<>();
		this.root.get("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.forEach((method) -> calls.add(method.getKey().toUpperCase() + " " + path.getKey())));
		return calls;
	}

	JsonNode call(String call) {
		String[] parts = call.split(" ");
		return this.root.get("paths").get(parts[1]).get(parts[0].toLowerCase());
	}

	/** The least role that a call takes. */
	String role(String call) {
		return call(call).get("security").get(0).get("basic").get(0).asString();
	}

	JsonNode resolve(JsonNode node) {
		if (node.has("$ref")) {
			return this.root.at(node.get("$ref").asString().substring(1));
		}
		return node;
	}

	/** Holds an answer to what is written of it. */
	void check(String call, Answer answer) {
		JsonNode written = call(call).get("responses").get(String.valueOf(answer.status()));
		assertThat(written).as("%s answered %d: %s", call, answer.status(), answer.text()).isNotNull();
		JsonNode response = resolve(written);
		if (response.has("headers")) {
			response.get("headers")
				.properties()
				.forEach((header) -> assertThat(answer.header(header.getKey())).as(header.getKey()).isNotEmpty());
		}
		String type = answer.header("Content-Type").split(";")[0];
		JsonNode content = response.get("content").get(type);
		assertThat(content).as("%s answered %d as %s", call, answer.status(), type).isNotNull();
		if (type.endsWith("json")) {
			assertThat(faults(content.get("schema"), answer.json(), "$")).as("%s %d", call, answer.status()).isEmpty();
		}
	}

	/** What of a value is not as the schema says. */
	List<String> faults(JsonNode reference, JsonNode value, String at) {
		JsonNode schema = resolve(reference);
		List<String> faults = new ArrayList<>();
		if (schema.has("type") && !types(schema.get("type")).contains(type(value))
				&& !(type(value).equals("integer") && types(schema.get("type")).contains("number"))) {
			faults.add(at + " is " + value + ", not " + schema.get("type"));
			return faults;
		}
		if (schema.has("enum") && schema.get("enum").valueStream().noneMatch(value::equals)) {
			faults.add(at + " is " + value + ", not one of " + schema.get("enum"));
		}
		if (schema.has("const") && !schema.get("const").equals(value)) {
			faults.add(at + " is " + value + ", not " + schema.get("const"));
		}
		if (value.isString() && schema.has("format") && !hasFormat(schema.get("format").asString(), value.asString())) {
			faults.add(at + " is " + value + ", not a " + schema.get("format"));
		}
		if (value.isNumber() && (schema.has("minimum") && value.asDouble() < schema.get("minimum").asDouble()
				|| schema.has("maximum") && value.asDouble() > schema.get("maximum").asDouble())) {
			faults.add(at + " is " + value + ", out of bounds");
		}
		if (value.isArray()) {
			value.forEach((item) -> faults.addAll(faults(schema.get("items"), item, at + "[]")));
		}
		if (value.isObject()) {
			faults.addAll(fields(schema, value, at));
		}
		return faults;
	}

	private List<String> fields(JsonNode schema, JsonNode value, String at) {
		List<String> faults = new ArrayList<>();
		if (schema.has("required")) {
			schema.get("required")
				.valueStream()
				.filter((name) -> !value.has(name.asString()))
				.forEach((name) -> faults.add(at + " lacks " + name));
		}
		for (Map.Entry<String, JsonNode> field : value.properties()) {
			JsonNode known = schema.has("properties") ? schema.get("properties").get(field.getKey()) : null;
			JsonNode more = schema.get("additionalProperties");
			String inside = at + "." + field.getKey();
			if (known != null) {
				faults.addAll(faults(known, field.getValue(), inside));
			}
			else if (more == null || more.isBoolean() && !more.asBoolean()) {
				faults.add(inside + " is not described");
			}
			else if (more.isObject()) {
				faults.addAll(faults(more, field.getValue(), inside));
			}
		}
		return faults;
	}

	private static List<String> types(JsonNode type) {
		return type.isArray() ? type.valueStream().map(JsonNode::asString).toList() : List.of(type.asString());
	}

	private static String type(JsonNode value) {
		if (value.isNumber()) {
			return value.isIntegralNumber() ? "integer" : "number";
		}
		return value.getNodeType().name().toLowerCase();
	}

	private static boolean hasFormat(String format, String text) {
		try {
			return switch (format) {
				case "uuid" -> UUID.fromString(text).toString().equals(text);
				case "date-time" -> text.endsWith("Z") && Instant.parse(text) != null;
				default -> false;
			};
		}
		catch (DateTimeParseException | IllegalArgumentException ex) {
			return false;
		}
	}

}
