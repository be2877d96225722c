package com.delula.retention.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Texts and comments are plain English: phrases that were retired do not come back. */
class WordsTests {

	/** By what was retired, in lower case, what is said instead. */
	private static final Map<String, String> RETIRED = new LinkedHashMap<>();

	static {
		RETIRED.put("say who you are", "Authentication required");
		RETIRED.put("that are known here", "Authentication required");
		RETIRED.put("makes no sense", "is invalid");
		RETIRED.put("make no sense", "are invalid");
		RETIRED.put("there is no option '", "Unknown option");
		RETIRED.put("it may have been forgotten", "This run may have expired from the history");
		RETIRED.put("kept, because others", "Kept (still referenced)");
		RETIRED.put("asked for by", "Started by");
		RETIRED.put("would be removed; nothing was", "would be removed (dry run)");
		RETIRED.put("what you see may be old", "Data may be stale. Retrying…");
		RETIRED.put("tried again by itself", "Retrying");
		RETIRED.put("this is tried again", "Retrying");
		RETIRED.put("nothing was found", "All … checks passed");
		RETIRED.put("what mends it", "How to fix");
		RETIRED.put("mend", "fix");
		RETIRED.put("than the rules name", "also deletes rows in");
		RETIRED.put("at the most", "at most");
		RETIRED.put("cannot be told yet", "Could not check");
		RETIRED.put("has something done", "runs the action");
		RETIRED.put("heard of", "if no answer arrives");
		RETIRED.put("network swallows", "the connection is considered dead");
		RETIRED.put("who has lost the lock", "a worker that has lost its lock");
		RETIRED.put("stands aside", "is inactive");
		RETIRED.put("speaks up", "reports");
		RETIRED.put("slab", "page of results");
	}

	private static Stream<Path> files() {
		return Stream
			.concat(Documents.pages().stream(),
					Documents.under(Path.of("src", "main"), ".java", ".yaml", ".yml", ".html", ".js", ".json",
							".properties", ".sql"))
			.filter((file) -> !file.toString().contains("migration"));
	}

	@Test
	void retiredPhrasesStayRetired() {
		List<String> found = new ArrayList<>();
		files().forEach((file) -> {
			List<String> lines = Documents.read(file).toLowerCase(Locale.ROOT).lines().toList();
			for (int i = 0; i < lines.size(); i++) {
				String line = lines.get(i);
				for (Map.Entry<String, String> phrase : RETIRED.entrySet()) {
					if (line.contains(phrase.getKey())
							&& line.matches(".*\\b" + phrase.getKey() + "(s|ed|ing)?(\\b|'| ).*")) {
						found
							.add(file + ":" + (i + 1) + ": '" + phrase.getKey() + "'; say '" + phrase.getValue() + "'");
					}
				}
			}
		});
		assertThat(found).as("retired phrases").isEmpty();
	}

}
