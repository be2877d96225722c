package com.delula.retention.answer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a sentence: text, or a time that a page or a command shows as any other.
 *
 * @param text what it says
 * @param time the time that it is; null if it is none
 */
public record SentencePart(String text, @Nullable Instant time) {

	private static final Pattern TIME = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d) UTC");

	/** The parts of a sentence that has times of UTC. */
	public static List<SentencePart> of(String sentence) {
		List<SentencePart> parts = new ArrayList<>();
		Matcher times = TIME.matcher(sentence);
		int from = 0;
		while (times.find()) {
			parts.add(new SentencePart(sentence.substring(from, times.start()), null));
			parts.add(new SentencePart(times.group(), Instant.parse(times.group(1) + "T" + times.group(2) + "Z")));
			from = times.end();
		}
		parts.add(new SentencePart(sentence.substring(from), null));
		return parts;
	}

}
