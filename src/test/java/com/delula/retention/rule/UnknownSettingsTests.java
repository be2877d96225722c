package com.delula.retention.rule;

import java.util.Map;

import com.delula.retention.backlog.BacklogProperties;
import com.delula.retention.configured.ConfiguredProperties;
import com.delula.retention.jobs.PurgeProperties;
import com.delula.retention.run.RunProperties;
import com.delula.retention.validation.InvalidSettingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A setting that nothing reads stops the start; what is read passes, however written. */
class UnknownSettingsTests {

	@ConfigurationProperties("retention.example")
	record Example(Map<String, Integer> by) {

	}

	private static void check(String name) {
		boolean variable = name.matches("[A-Z0-9_]+");
		Map<String, Object> settings = Map.of(name, "5");
		PropertySource<?> source = variable ? new SystemEnvironmentPropertySource("test-systemEnvironment", settings)
				: new MapPropertySource("test", settings);
		StandardEnvironment environment = new StandardEnvironment();
		MutablePropertySources sources = environment.getPropertySources();
		sources.forEach((other) -> sources.remove(other.getName()));
		sources.addFirst(source);
		DefaultListableBeanFactory factory = new DefaultListableBeanFactory();
		for (Class<?> type : new Class<?>[] { BacklogProperties.class, PurgeProperties.class, RunProperties.class,
				ConfiguredProperties.class, Example.class }) {
			factory.registerBeanDefinition(type.getName(), new RootBeanDefinition(type));
		}
		new UnknownSettings(factory).check(environment);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"retention.backlog.max-row|Valid settings: user-id, max-age, keep-per-recipe, cron, max-rows, max-share, undo",
			"retention.purge.maxshares|Valid settings: max-age,", "retention.run.batch.max-row|Valid settings: target,",
			"retention.run.worker|Valid settings: workers,", "retention.run.max.duration|Valid settings: workers,",
			"retention.run.workers.most|Valid settings: none below it", "RETENTION_RUN_WORKER|Valid settings: workers,",
			"RETENTION_BACKLOG_MAX_ROW|Valid settings: user-id,",
			"retention.rules.x.max-row|Valid settings: title, tables,",
			"retention.rules.x.tables[0].tabel|Valid settings: table, where, time" })
	void refused(String name, String valid) {
		assertThatThrownBy(() -> check(name)).isInstanceOf(InvalidSettingException.class)
			.hasMessageContaining("Unknown setting retention.")
			.hasMessageContaining(valid);
	}

	@ParameterizedTest
	@ValueSource(strings = { "retention.backlog.max-rows", "retention.backlog.maxShare", "retention.purge.windows[0]",
			"retention.run.batch.max-rows-paced", "retention.run.history.keep-per-task", "retention.instance-id",
			"retention.pool-size", "retention.installation.check", "retention.rules.x.tables[0].where.any.column[1]",
			"retention.rules.x.undo", "RETENTION_RUN_MAX_DURATION", "RETENTION_RUN_BATCH_MAX_ROWS",
			"RETENTION_BACKLOG_MAXROWS", "retention.example.by.a.dotted.key", "RETENTION_EXAMPLE_BY_A_KEY",
			"RETENTION_PURGE_MAX_SHARE", "RETENTION_RULES_X_MAX_AGE", "retention.other", "spring.datasource.url" })
	void taken(String name) {
		assertThatCode(() -> check(name)).doesNotThrowAnyException();
	}

}
