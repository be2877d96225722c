package com.delula.retention.configured;

import com.delula.retention.installation.Requirements;
import com.delula.retention.rule.RuleFeature;
import com.delula.retention.rule.RuleSource;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Wires the configured rules. */
@RuleFeature
@EnableConfigurationProperties(ConfiguredProperties.class)
class ConfiguredConfiguration {

	/** Behind those that are built in. */
	@Bean
	@Order(3)
	RuleSource configuredRules(ConfiguredProperties properties) {
		return properties::descriptions;
	}

	@Bean
	Requirements configuredRequirements(ConfiguredProperties properties) {
		return new ConfiguredRequirements(properties.descriptions());
	}

	/** Before anything else happens, as with the values of settings. */
	@Bean
	static BeanFactoryPostProcessor nullSettings(Environment environment) {
		return (factory) -> NullSettings.check(environment);
	}

}
