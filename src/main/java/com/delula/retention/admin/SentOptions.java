package com.delula.retention.admin;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.delula.retention.option.RawOptions;
import com.delula.retention.option.RawValue;
import com.delula.retention.option.RawValue.Form;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Collects the options of a call that deletes, from its query and its JSON body. */
final class SentOptions {

	/** Bytes; far more than all options with their longest values. */
	static final int MAX_BODY = 65_536;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private SentOptions() {
	}

	/**
	 * Collects what was sent; what is in both places is there twice.
	 * @throws BadRequestException if the query or the body cannot be read at all
	 */
	static RawOptions of(HttpServletRequest request) throws IOException {
		RawOptions raw = ofQuery(request);
		body(request).forEach((name, node) -> raw.add(name, value(node)));
		return raw;
	}

	/**
	 * Collects what was sent in the query.
	 * @throws BadRequestException if it cannot be read
	 */
	static RawOptions ofQuery(HttpServletRequest request) {
		RawOptions raw = new RawOptions();
		addQuery(raw, request.getQueryString());
		return raw;
	}

	private static void addQuery(RawOptions raw, @Nullable String query) {
		if (query == null) {
			return;
		}
		for (String pair : query.split("&")) {
			if (!pair.isEmpty()) {
				int equals = pair.indexOf('=');
				raw.add(decode((equals < 0) ? pair : pair.substring(0, equals)),
						RawValue.plain((equals < 0) ? "" : decode(pair.substring(equals + 1))));
			}
		}
	}

	private static String decode(String text) {
		try {
			String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
			StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(decoded));
			if (decoded.indexOf('\uFFFD') < 0) {
				return decoded;
			}
		}
		catch (IllegalArgumentException | CharacterCodingException ex) {
			// said below
		}
		throw BadRequestException.unreadable("The query of the address is not correctly encoded.");
	}

	/**
	 * The fields of the JSON body, in order; none without a body.
	 * @throws BadRequestException if it cannot be read
	 */
	static Map<String, JsonNode> body(HttpServletRequest request) throws IOException {
		byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
		if (body.length == 0) {
			return Map.of();
		}
		if (body.length > MAX_BODY) {
			throw BadRequestException.tooLarge();
		}
		if (!isJson(request.getContentType())) {
			throw BadRequestException.mediaType();
		}
		JsonNode node = parse(body);
		if (!node.isObject()) {
			throw BadRequestException.unreadable("The body is not a JSON object.");
		}
		Map<String, JsonNode> fields = new LinkedHashMap<>();
		node.properties().forEach((field) -> fields.put(field.getKey(), field.getValue()));
		return fields;
	}

	private static JsonNode parse(byte[] body) {
		try {
			return JSON.readTree(body);
		}
		catch (JacksonException ex) {
			throw BadRequestException.unreadable("The body is not correct JSON, or names an option twice.");
		}
	}

	private static boolean isJson(@Nullable String contentType) {
		try {
			return contentType != null && MediaType.APPLICATION_JSON.isCompatibleWith(MediaType.valueOf(contentType));
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	/** A value of JSON as it was sent. */
	static RawValue value(JsonNode node) {
		if (node.isString()) {
			return new RawValue(node.asString(), Form.STRING);
		}
		if (node.isBoolean()) {
			return new RawValue(node.asString(), Form.BOOLEAN);
		}
		if (node.isIntegralNumber()) {
			return new RawValue(node.toString(), Form.INTEGER);
		}
		return new RawValue(node.toString(), node.isNumber() ? Form.DECIMAL : Form.OTHER);
	}

}
