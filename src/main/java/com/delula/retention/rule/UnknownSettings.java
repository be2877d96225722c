package com.delula.retention.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.delula.retention.validation.InvalidSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Finds settings that nothing reads. On a service that deletes, a limit or a condition
 * that is misspelled must not be as good as none. What is read follows from the records
 * that settings are bound to.
 */
final class UnknownSettings {

	private static final String OURS = "com.delula.retention.";

	private final Map<ConfigurationPropertyName, Class<?>> known = new LinkedHashMap<>();

	/** Learns what is read from the settings of the service's own. */
	UnknownSettings(ConfigurableListableBeanFactory factory) {
		for (String name : factory.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
			Class<?> type = factory.getType(name, false);
			if (type != null && type.isRecord() && type.getName().startsWith(OURS)) {
				ConfigurationProperties settings = AnnotatedElementUtils.findMergedAnnotation(type,
						ConfigurationProperties.class);
				if (settings != null) {
					this.known.put(ConfigurationPropertyName.of(settings.prefix()), type);
				}
			}
		}
	}

	/**
	 * Looks at all settings.
	 * @throws InvalidSettingException if there is one that nothing reads
	 */
	void check(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source instanceof IterableConfigurationPropertySource names) {
				boolean joined = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				names.stream().forEach((name) -> check(name, new SettingNames(joined)));
			}
		}
	}

	private void check(ConfigurationPropertyName name, SettingNames names) {
		ConfigurationPropertyName prefix = prefix(name);
		Class<?> settings = this.known.get(prefix);
		if (prefix == null || settings == null) {
			return;
		}
		List<String> below = elements(name, prefix.getNumberOfElements());
		// Others read what stands directly below the root.
		if (prefix.getNumberOfElements() == 1 && IntStream.range(0, settings.getRecordComponents().length)
			.noneMatch((i) -> settings.getRecordComponents()[i].getName().equals(below.get(0)))) {
			return;
		}
		List<String> valid = names.unread(below, ResolvableType.forClass(settings), children(prefix));
		if (valid != null) {
			throw InvalidSettingException
				.missing("Unknown setting " + name + ". Valid settings: " + String.join(", ", valid));
		}
	}

	/** The longest that the name begins with. */
	private @Nullable ConfigurationPropertyName prefix(ConfigurationPropertyName name) {
		ConfigurationPropertyName longest = null;
		for (ConfigurationPropertyName prefix : this.known.keySet()) {
			boolean longer = longest == null || prefix.getNumberOfElements() > longest.getNumberOfElements();
			if (prefix.isAncestorOf(name) && longer) {
				longest = prefix;
			}
		}
		return longest;
	}

	private List<String> children(ConfigurationPropertyName parent) {
		return this.known.keySet()
			.stream()
			.filter(parent::isParentOf)
			.map((child) -> child.getLastElement(Form.DASHED))
			.toList();
	}

	private static List<String> elements(ConfigurationPropertyName name, int from) {
		List<String> elements = new ArrayList<>();
		for (int i = from; i < name.getNumberOfElements(); i++) {
			elements.add(name.getElement(i, Form.UNIFORM));
		}
		return elements;
	}

}
