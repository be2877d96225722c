package com.delula.retention.admin;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * The options of one call that deletes. Nothing is guessed: a name that is unknown or
 * given twice, and a value that is not exactly one of those allowed, is refused.
 */
final class Options {

	private static final int MAX_BODY = 65_536;

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	/** A JSON node or a query parameter's text. */
	private final Map<String, Object> values = new HashMap<>();

	private final List<String> known;

	private Options(List<String> known) {
		this.known = known;
	}

	/**
	 * Reads the options of a call.
	 * @param known the options that there are
	 * @throws BadOptionException if one is unknown or repeated, or the body is no JSON
	 */
	static Options of(HttpServletRequest request, String... known) throws IOException {
		Options options = new Options(List.of(known));
		options.addQuery(request.getQueryString());
		options.addBody(request);
		return options;
	}

	/** An option that is {@code true} or {@code false}; false if not given. */
	boolean flag(String name) {
		Boolean flag = read(name, JsonNode::isBoolean, "true or false",
				(text) -> (text.equals("true") || text.equals("false")) ? Optional.of(text.equals("true"))
						: Optional.empty());
		return Boolean.TRUE.equals(flag);
	}

	/** An option that is a whole number between two bounds; null if not given. */
	@Nullable Integer number(String name, int least, int most) {
		return read(name, JsonNode::isIntegralNumber, "a whole number from " + least + " to " + most,
				(text) -> text.matches("0|[1-9][0-9]{0,8}")
						? Optional.of(Integer.valueOf(text)).filter((number) -> number >= least && number <= most)
						: Optional.empty());
	}

	/** An option that is a text of at least one character; null if not given. */
	@Nullable String text(String name) {
		return read(name, JsonNode::isString, "a text that is not empty",
				(text) -> Optional.of(text).filter((given) -> !given.isBlank() && given.indexOf('\0') < 0));
	}

	/**
	 * An option with a form of its own; null if not given.
	 * @param fits whether a JSON value is of the right type
	 * @param allowed what is allowed, in words
	 * @param parse reads the text; empty if it is not allowed
	 */
	<T> @Nullable T read(String name, Function<JsonNode, Boolean> fits, String allowed,
			Function<String, Optional<T>> parse) {
		Object value = this.values.get(name);
		if (value == null) {
			return null;
		}
		if (value instanceof JsonNode node && !fits.apply(node)) {
			throw BadOptionException.invalid(name, node.toString(), allowed);
		}
		String text = (value instanceof JsonNode node) ? node.asString() : value.toString();
		return parse.apply(text).orElseThrow(() -> BadOptionException.invalid(name, text, allowed));
	}

	private void addQuery(@Nullable String query) {
		if (query == null) {
			return;
		}
		for (String pair : query.split("&")) {
			if (!pair.isEmpty()) {
				int equals = pair.indexOf('=');
				add(decode((equals < 0) ? pair : pair.substring(0, equals)),
						(equals < 0) ? "" : decode(pair.substring(equals + 1)));
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
		throw BadOptionException.unreadable("The query of the address is not correctly encoded.");
	}

	private void addBody(HttpServletRequest request) throws IOException {
		byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
		if (body.length == 0) {
			return;
		}
		if (body.length > MAX_BODY) {
			throw BadOptionException.tooLarge();
		}
		if (!isJson(request.getContentType())) {
			throw BadOptionException.mediaType();
		}
		JsonNode node = parse(body);
		if (!node.isObject()) {
			throw BadOptionException.unreadable("The body is not a JSON object.");
		}
		node.properties().forEach((field) -> add(field.getKey(), field.getValue()));
	}

	private static JsonNode parse(byte[] body) {
		try {
			return JSON.readTree(body);
		}
		catch (JacksonException ex) {
			throw BadOptionException.unreadable("The body is not correct JSON, or names an option twice.");
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

	private void add(String name, Object value) {
		if (!this.known.contains(name)) {
			throw BadOptionException.unknown(name, this.known);
		}
		if (this.values.put(name, value) != null) {
			throw BadOptionException.repeated(name);
		}
	}

}
