package com.delula.retention.configured;

import com.delula.retention.validation.InvalidSettingException;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Finds settings of rules that have no value: JSON's null would be passed over, and a
 * condition with it.
 */
final class NullSettings {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(ConfiguredProperties.PREFIX);

	private NullSettings() {
	}

	/**
	 * Looks at all settings of rules.
	 * @throws InvalidSettingException if there is one without a value
	 */
	static void check(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource names) {
				names.stream().filter(PREFIX::isAncestorOf).forEach((name) -> requireValue(name, names));
			}
		}
	}

	private static void requireValue(ConfigurationPropertyName name, IterableConfigurationPropertySource source) {
		if (source.getConfigurationProperty(name) == null) {
			throw new InvalidSettingException(name.toString(), "null",
					"a value; the text \"null\" stands for SQL's NULL");
		}
	}

}
