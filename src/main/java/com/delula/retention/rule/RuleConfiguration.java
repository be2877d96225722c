package com.delula.retention.rule;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Collects the rules. */
@Configuration(proxyBeanMethods = false)
class RuleConfiguration {

	/** Before anything else happens, as with the values of settings. */
	@Bean
	static BeanFactoryPostProcessor unknownSettings(Environment environment) {
		return (factory) -> new UnknownSettings(factory).check(environment);
	}

	@Bean
	Rules rules(ObjectProvider<RuleSource> sources, Environment environment) {
		return new Rules(sources.orderedStream()
			.map(RuleSource::rules)
			.flatMap(List::stream)
			.map((rule) -> rule.guardedBy(new SafeguardSettings(environment, rule.settings()).read()))
			.toList());
	}

}
