package com.delula.retention.cli;

import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results as JSON. Apart from the session, because a table is printed without Jackson.
 */
final class Json {

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private Json() {
	}

	static String write(Object value) {
		return JSON.writeValueAsString(value);
	}

	/** A value as JSON. */
	static JsonNode tree(Object value) {
		return JSON.valueToTree(value);
	}

	/**
	 * The fields of several answers in one; of a field that more than one has, the last
	 * value counts.
	 */
	static ObjectNode together(List<Object> answers) {
		ObjectNode all = JSON.createObjectNode();
		answers.forEach((answer) -> all.setAll(JSON.<ObjectNode>valueToTree(answer)));
		return all;
	}

}
