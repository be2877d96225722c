package com.delula.retention.notify;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Something that happened.
 *
 * @param key the same on every instance that sees it
 * @param type its type, such as {@code run.failed}
 * @param timestamp when it happened
 * @param text what happened, in a sentence that chat systems show
 * @param data the particulars, for programs; times as text
 */
record Event(String key, String type, Instant timestamp, String text, Map<String, @Nullable Object> data) {

	private static final JsonMapper JSON = new JsonMapper();

	/** Chat systems cut what is longer. */
	private static final int LONGEST = 2_000;

	Event {
		text = plain(text);
	}

	/**
	 * One line without what chat systems take for commands: {@code <!channel>} in an
	 * error would call everybody.
	 */
	private static String plain(String text) {
		String line = text.replaceAll("\\p{Cntrl}+", " ").replace('<', '‹').replace('>', '›');
		return (line.length() <= LONGEST) ? line : line.substring(0, LONGEST - 1) + "…";
	}

	/** What is posted. */
	String body() {
		Map<String, @Nullable Object> body = new LinkedHashMap<>();
		body.put("type", this.type);
		body.put("timestamp", this.timestamp.toString());
		body.put("text", this.text);
		body.put("data", this.data);
		return JSON.writeValueAsString(body);
	}

}
