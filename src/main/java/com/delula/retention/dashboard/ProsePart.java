package com.delula.retention.dashboard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a description: plain text, code, or emphasized.
 *
 * @param kind {@code text}, {@code code}, {@code strong} or {@code break} between
 * paragraphs
 * @param text what it says
 */
record ProsePart(String kind, String text) {

	private static final Pattern MARKED = Pattern.compile("`([^`]+)`|\\*\\*([^*]+)\\*\\*|\\n\\s*\\n");

	/** The parts of a text that marks code and emphasis as Markdown does. */
	static List<ProsePart> of(@Nullable String text) {
		List<ProsePart> parts = new ArrayList<>();
		if (text == null) {
			return parts;
		}
		String stripped = text.strip();
		Matcher marked = MARKED.matcher(stripped);
		int from = 0;
		while (marked.find()) {
			parts.add(new ProsePart("text", stripped.substring(from, marked.start())));
			parts.add(marked(marked));
			from = marked.end();
		}
		parts.add(new ProsePart("text", stripped.substring(from)));
		return parts;
	}

	private static ProsePart marked(Matcher found) {
		if (found.group(1) != null) {
			return new ProsePart("code", found.group(1));
		}
		return (found.group(2) != null) ? new ProsePart("strong", found.group(2)) : new ProsePart("break", "");
	}

}
