package com.delula.retention.configured;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.rule.Rule;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The rules that are configured.
 *
 * @param rules Rules of your own, by name.
 */
@ConfigurationProperties("retention")
public record ConfiguredProperties(Map<String, RuleProperties> rules) {

	/** Where the settings of the rules begin. */
	static final String PREFIX = "retention.rules";

	public ConfiguredProperties(@Nullable Map<String, RuleProperties> rules) {
		this.rules = (rules != null) ? new LinkedHashMap<>(rules) : Map.of();
		// Described once, so that a bad value stops the start before anything else
		// happens.
		descriptions();
	}

	/** The rules as they are described. */
	List<Rule> descriptions() {
		List<Rule> descriptions = new ArrayList<>();
		this.rules.forEach((name, rule) -> descriptions.add(new RuleReader(name, rule).rule()));
		return descriptions;
	}

}
