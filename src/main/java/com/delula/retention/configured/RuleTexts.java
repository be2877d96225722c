package com.delula.retention.configured;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import com.delula.retention.configured.RuleProperties.TableProperties;
import com.delula.retention.rule.Quantity;
import org.jspecify.annotations.Nullable;

/** What a person reads of a configured rule. */
final class RuleTexts {

	private RuleTexts() {
	}

	/** What it removes and what it keeps, in a sentence. */
	static String description(RuleProperties rule) {
		String rows = rule.tables().stream().map(RuleTexts::rows).collect(Collectors.joining(" and "));
		String keep = keeps(rule.keepNewest(), rule.per());
		return "Removes " + rows
				+ (isAgeless(rule) ? " of any age"
						: " that are older than " + Quantity.of(Objects.requireNonNull(rule.maxAge())))
				+ (keep.isEmpty() ? "" : ", but keeps " + keep) + ".";
	}

	/** What it keeps, for the log at the start. */
	static String keeps(RuleProperties rule) {
		List<String> kept = new ArrayList<>();
		String keep = keeps(rule.keepNewest(), rule.per());
		if (!keep.isEmpty()) {
			kept.add(keep);
		}
		if (!isAgeless(rule)) {
			kept.add("rows younger than " + Quantity.of(Objects.requireNonNull(rule.maxAge())));
		}
		return kept.isEmpty() ? "keeps no row that it covers" : "keeps " + String.join(" and ", kept);
	}

	private static String keeps(@Nullable Integer newest, @Nullable String per) {
		if (newest == null || newest == 0) {
			return "";
		}
		return "the " + ((newest == 1) ? "newest" : newest + " newest") + ((per != null) ? " of each " + per : "");
	}

	private static boolean isAgeless(RuleProperties rule) {
		return rule.maxAge() != null && rule.maxAge().isZero();
	}

	private static String rows(TableProperties table) {
		Map<String, @Nullable Object> where = Objects.requireNonNullElse(table.where(), Map.of());
		String conditions = where.entrySet()
			.stream()
			.map((condition) -> condition.getKey() + " "
					+ String.join(" or ", values(condition.getKey(), condition.getValue())))
			.collect(Collectors.joining(" and "));
		return "rows of " + table.table() + (conditions.isEmpty() ? "" : " with " + conditions);
	}

	private static List<String> values(String column, @Nullable Object value) {
		return Values.condition(column, value).values().stream().map((text) -> (text != null) ? text : "null").toList();
	}

}
