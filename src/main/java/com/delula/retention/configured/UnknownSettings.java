package com.delula.retention.configured;

import java.util.List;
import java.util.Map;

import com.delula.retention.validation.InvalidSettingException;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Finds settings of rules that no rule has, or that have no value. On a service that
 * deletes, a condition that is misspelled must not be as good as none.
 */
final class UnknownSettings {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(ConfiguredProperties.PREFIX);

	private static final List<String> RULE = List.of("title", "tables", "max-age", "keep-newest", "per", "narrow-by",
			"schedule", "emergency", "ledger-type", "max-rows", "max-share", "undo", "windows", "run-when-due");

	/** What a setting consists of; columns are settings of their own. */
	private static final Map<String, List<String>> PARTS = Map.of("tables", List.of("table", "where", "time"),
			"schedule", List.of("cron", "interval", "initial-delay"));

	private UnknownSettings() {
	}

	/**
	 * Looks at all settings of rules.
	 * @throws InvalidSettingException if there is one that no rule has, or one without a
	 * value
	 */
	static void check(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource names) {
				names.stream().filter(PREFIX::isAncestorOf).forEach((name) -> {
					check(name);
					requireValue(name, names);
				});
			}
		}
	}

	private static void check(ConfigurationPropertyName name) {
		int at = PREFIX.getNumberOfElements() + 1;
		if (name.getNumberOfElements() <= at) {
			throw unknown(name, RULE);
		}
		String setting = known(name, at, RULE);
		List<String> parts = PARTS.get(setting);
		int part = setting.equals("tables") ? at + 2 : at + 1;
		if (parts != null && name.getNumberOfElements() > part) {
			known(name, part, parts);
		}
	}

	/** JSON's null would be passed over, and a condition with it. */
	private static void requireValue(ConfigurationPropertyName name, IterableConfigurationPropertySource source) {
		if (source.getConfigurationProperty(name) == null) {
			throw new InvalidSettingException(name.toString(), "null",
					"a value; the text \"null\" stands for SQL's NULL");
		}
	}

	private static String known(ConfigurationPropertyName name, int at, List<String> valid) {
		String given = name.getElement(at, Form.UNIFORM);
		return valid.stream()
			.filter((setting) -> setting.replace("-", "").equals(given))
			.findFirst()
			.orElseThrow(() -> unknown(name, valid));
	}

	private static InvalidSettingException unknown(ConfigurationPropertyName name, List<String> valid) {
		return InvalidSettingException
			.missing("Unknown setting " + name + ". Valid settings: " + String.join(", ", valid));
	}

}
