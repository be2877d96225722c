package com.delula.retention.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

/**
 * A rule's settings that decide what a run by hand removes, and whether that can be
 * undone, as texts by which two instances can be compared.
 */
public final class SettingsInForce {

	private static final String OFF = "off";

	private SettingsInForce() {
	}

	/** The settings by their names, each on a single line. */
	public static Map<String, String> of(Rule rule) {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("max-age", Setting.text(rule.maxAge()));
		settings.put("keep-newest", keep(rule.keep()));
		settings.put("undo", (rule.safeguards().undo() != null) ? Setting.text(rule.safeguards().undo()) : OFF);
		settings.put("windows", rule.safeguards().windows().isEmpty() ? OFF : rule.safeguards().windowsText());
		rule.tables().forEach((table) -> settings.put("rows of " + table.name(), rows(table)));
		settings.replaceAll((name, value) -> value.replaceAll("\\p{Cntrl}", "?"));
		return settings;
	}

	private static String keep(@Nullable Keep keep) {
		if (keep == null || keep.newest() == 0) {
			return OFF;
		}
		return keep.newest() + ((keep.per() != null) ? " per " + keep.per() : "");
	}

	private static String rows(RuleTable table) {
		List<String> parts = new ArrayList<>();
		table.where().forEach((condition) -> parts.add(condition.column() + " " + values(condition)));
		parts.add("time " + String.join(" or ", table.time()));
		return String.join(", ", parts);
	}

	private static String values(Condition condition) {
		return String.join(" or ",
				condition.values().stream().map((value) -> Objects.toString(value, "null")).toList());
	}

}
