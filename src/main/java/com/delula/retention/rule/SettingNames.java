package com.delula.retention.rule;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;

/**
 * Which settings a record of settings reads: those of its components, down to those of
 * the records that it holds.
 */
final class SettingNames {

	/** Whether words may be joined, as an environment variable has it. */
	private final boolean joined;

	SettingNames(boolean joined) {
		this.joined = joined;
	}

	/**
	 * Looks for what reads a setting.
	 * @param elements the setting's name below that of the type, in lower case and
	 * without hyphens
	 * @param more other names that are read at the top
	 * @return what would be read at the first place where nothing reads this; null if it
	 * is read
	 */
	@Nullable List<String> unread(List<String> elements, ResolvableType type, List<String> more) {
		if (elements.isEmpty()) {
			return null;
		}
		List<String> rest = elements.subList(1, elements.size());
		Class<?> raw = type.resolve(Object.class);
		if (Map.class.isAssignableFrom(raw)) {
			ResolvableType value = type.asMap().getGeneric(1);
			// A key of plain values may have dots.
			return isPlain(value) ? null : unread(rest, value, List.of());
		}
		if (Collection.class.isAssignableFrom(raw)) {
			return elements.get(0).matches("\\d+") ? unread(rest, type.asCollection().getGeneric(), List.of())
					: List.of("[0], [1] and so on");
		}
		if (raw.isRecord()) {
			return unreadBy(elements, raw, more);
		}
		return (raw == Object.class) ? null : List.of("none below it");
	}

	private static boolean isPlain(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		return !raw.isRecord() && !Map.class.isAssignableFrom(raw) && !Collection.class.isAssignableFrom(raw);
	}

	private @Nullable List<String> unreadBy(List<String> elements, Class<?> settings, List<String> more) {
		List<RecordComponent> components = components(settings);
		List<String> deepest = null;
		for (RecordComponent component : components) {
			int words = words(component, elements);
			if (words > 0) {
				List<String> unread = unread(elements.subList(words, elements.size()),
						ResolvableType.forType(component.getGenericType()), List.of());
				if (unread == null) {
					return null;
				}
				deepest = unread;
			}
		}
		if (deepest != null) {
			return deepest;
		}
		List<String> valid = new ArrayList<>(components.stream().map((known) -> hyphenated(known.getName())).toList());
		valid.addAll(more);
		return valid;
	}

	private static List<RecordComponent> components(Class<?> settings) {
		List<RecordComponent> components = new ArrayList<>(Arrays.asList(settings.getRecordComponents()));
		if (settings.isAnnotationPresent(RuleSettings.class)) {
			components.addAll(Arrays.asList(Safeguards.class.getRecordComponents()));
		}
		return components;
	}

	/** How many of the first elements are the name of a component; 0 if they are not. */
	private int words(RecordComponent component, List<String> elements) {
		String name = component.getName().toLowerCase(Locale.ROOT);
		int most = this.joined ? elements.size() : 1;
		for (int words = 1; words <= most; words++) {
			if (String.join("", elements.subList(0, words)).equals(name)) {
				return words;
			}
		}
		return 0;
	}

	private static String hyphenated(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
