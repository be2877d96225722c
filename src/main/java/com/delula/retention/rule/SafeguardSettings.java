package com.delula.retention.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.validation.InvalidSettingException;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Reads the safeguards of a rule from the settings that stand beside its own. */
final class SafeguardSettings {

	private static final Duration LONGEST_UNDO = Duration.ofDays(365);

	private final Binder binder;

	private final String prefix;

	/**
	 * Reads settings.
	 * @param prefix where the rule's settings begin
	 */
	SafeguardSettings(Environment environment, String prefix) {
		this.binder = Binder.get(environment);
		this.prefix = prefix;
	}

	/**
	 * The safeguards as they are set.
	 * @throws InvalidSettingException if a value is invalid
	 */
	Safeguards read() {
		return new Safeguards(rows("max-rows"), share(), undo(), windows(), rows("run-when-due"));
	}

	private <T> @Nullable T value(String setting, Class<T> type) {
		return this.binder.bind(name(setting), Bindable.of(type)).orElse(null);
	}

	private String name(String setting) {
		return this.prefix + "." + setting;
	}

	private @Nullable Long rows(String setting) {
		Long rows = value(setting, Long.class);
		if (rows != null) {
			Setting.require(rows >= 1, name(setting), rows, "a whole number of rows, 1 or more");
		}
		return rows;
	}

	private @Nullable Double share() {
		Double share = value("max-share", Double.class);
		if (share != null) {
			Setting.require(share > 0 && share <= 1, name("max-share"), share, "a number above 0 and up to 1");
		}
		return share;
	}

	private @Nullable Duration undo() {
		Duration undo = value("undo", Duration.class);
		if (undo != null) {
			Setting.between(name("undo"), undo, Duration.ofHours(1), LONGEST_UNDO);
		}
		return undo;
	}

	private List<TimeWindow> windows() {
		List<TimeWindow> windows = new ArrayList<>();
		for (String window : this.binder.bind(name("windows"), Bindable.listOf(String.class)).orElse(List.of())) {
			try {
				windows.add(TimeWindow.parse(window));
			}
			catch (IllegalArgumentException ex) {
				throw new InvalidSettingException(name("windows"), window, "a time of day in UTC such as 22:00-05:30");
			}
		}
		return windows;
	}

}
