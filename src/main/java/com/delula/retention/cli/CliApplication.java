package com.delula.retention.cli;

import java.time.Clock;

import com.delula.retention.rule.RuleFeature;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;

/**
 * The service without its doors: what a command needs and nothing that listens, fires or
 * measures. What is here is named one by one, which is also what makes a command start
 * fast. Not a {@code @Configuration}, so that the service's own scan passes it by.
 */
@ComponentScan(resourcePattern = CliApplication.CONFIGURATIONS,
		basePackages = { CliApplication.BASE + ".database", CliApplication.BASE + ".answer",
				CliApplication.BASE + ".doctor", CliApplication.BASE + ".installation", CliApplication.BASE + ".ledger",
				CliApplication.BASE + ".notify", CliApplication.BASE + ".pgcron", CliApplication.BASE + ".policy",
				CliApplication.BASE + ".run", CliApplication.BASE + ".settings", CliApplication.BASE + ".report",
				CliApplication.BASE + ".request", CliApplication.BASE + ".rule", CliApplication.BASE + ".statement",
				CliApplication.BASE + ".status", CliApplication.BASE + ".undo" })
@ComponentScan(basePackages = CliApplication.BASE, resourcePattern = CliApplication.CONFIGURATIONS,
		useDefaultFilters = false, includeFilters = @Filter(RuleFeature.class))
@ImportAutoConfiguration({ ConfigurationPropertiesAutoConfiguration.class, DataSourceAutoConfiguration.class,
		FlywayAutoConfiguration.class, JdbcClientAutoConfiguration.class, JdbcTemplateAutoConfiguration.class,
		LifecycleAutoConfiguration.class, PropertyPlaceholderAutoConfiguration.class })
class CliApplication {

	static final String BASE = "com.delula.retention";

	/** Only these are opened; all classes would be several hundred. */
	static final String CONFIGURATIONS = "**/*Configuration.class";

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
