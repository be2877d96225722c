package com.delula.retention.settings;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Has all settings looked at before anything else happens. */
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

	@Bean
	static BeanFactoryPostProcessor settingsFirst(Environment environment) {
		return (factory) -> {
			EnvironmentNames.check(environment);
			for (String name : factory.getBeanNamesForAnnotation(ConfigurationProperties.class)) {
				Class<?> type = factory.getType(name);
				if (type != null && type.getName().startsWith("com.delula.retention.")) {
					factory.getBean(name);
				}
			}
		};
	}

}
