package com.delula.retention.run.history;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes counts by group as the history keeps them: pairs, because rows without a group
 * form one whose key is null.
 */
final class GroupPairs {

	/** A run over hundreds of thousands of groups must not make a row of megabytes. */
	private static final int MOST = 1_000;

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private GroupPairs() {
	}

	/** The groups that lost most, most first; null for null. */
	static @Nullable String json(@Nullable Map<@Nullable String, Long> removed) {
		if (removed == null) {
			return null;
		}
		List<List<@Nullable Object>> pairs = removed.entrySet()
			.stream()
			.filter((group) -> group.getValue() > 0)
			.sorted(Map.Entry.<@Nullable String, Long>comparingByValue().reversed())
			.limit(MOST)
			.map((group) -> Arrays.<@Nullable Object>asList(group.getKey(), group.getValue()))
			.toList();
		return JSON.writeValueAsString(pairs);
	}

}
