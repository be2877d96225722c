package com.delula.retention.support;

import java.time.Clock;

import com.delula.retention.RetentionApplication;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.FilterType;

/**
 * The service with its rules, engine, schedules and health, but without the web: no
 * server, security, pages or webhooks. For tests that start many and call none over HTTP:
 * a start takes a third of the processor time. Not a {@code @Configuration}, so that the
 * service's own scan passes it by.
 */
@ComponentScan(basePackageClasses = RetentionApplication.class, resourcePattern = "**/*Configuration.class",
		excludeFilters = @Filter(type = FilterType.REGEX, pattern = WithoutWeb.DOORS))
@ImportAutoConfiguration({ CompositeMeterRegistryAutoConfiguration.class,
		ConfigurationPropertiesAutoConfiguration.class, DataSourceAutoConfiguration.class,
		FlywayAutoConfiguration.class, JdbcClientAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
		LifecycleAutoConfiguration.class, MetricsAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class,
		SimpleMetricsExportAutoConfiguration.class, TaskSchedulingAutoConfiguration.class })
public class WithoutWeb {

	static final String DOORS = "com\\.delula\\.retention\\.(admin|cli|dashboard|oidc|password|recipes|session)\\..*";

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
