package com.delula.retention.settings;

import java.util.List;
import java.util.Map;

import com.delula.retention.admin.SecurityProperties;
import com.delula.retention.backlog.BacklogProperties;
import com.delula.retention.jobs.PurgeProperties;
import com.delula.retention.run.RunProperties;
import com.delula.retention.validation.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every value that makes no sense is refused by name; those at the bounds are taken. */
class BadValueTests {

	private static final Map<String, Class<?>> TYPES = Map.of("retention.backlog", BacklogProperties.class,
			"retention.purge", PurgeProperties.class, "retention.run", RunProperties.class, "retention.security",
			SecurityProperties.class);

	private static Object bind(String property, String value) {
		String prefix = property.replaceAll("^(retention\\.[a-z]+).*", "$1");
		Binder binder = new Binder(new MapConfigurationPropertySource(Map.of(property, value)));
		return binder.bindOrCreate(prefix, Bindable.of(TYPES.get(prefix)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "retention.backlog.cron|0 25 * * *", "retention.backlog.cron|''",
			"retention.backlog.cron|@nonsense", "retention.backlog.cron|0 2 31 2 *",
			"retention.backlog.cron|0 0 2 * * * *", "retention.backlog.user-id|' '", "retention.backlog.max-age|0h",
			"retention.backlog.max-age|87601h", "retention.backlog.keep-per-recipe|-1",
			"retention.backlog.keep-per-recipe|1000001", "retention.purge.max-age|-1h",
			"retention.purge.max-age|87601h", "retention.purge.interval|0h", "retention.purge.initial-delay|-1s",
			"retention.purge.cron|x", "retention.run.workers|0", "retention.run.workers|17",
			"retention.run.duty-cycle|0", "retention.run.duty-cycle|1.5", "retention.run.duty-cycle|NaN",
			"retention.run.max-duration|0s", "retention.run.batch.min-rows|0", "retention.run.batch.max-rows|49",
			"retention.run.batch.max-rows-paced|0", "retention.run.batch.target|0s", "retention.run.lease|1s",
			"retention.run.lease|2m", "retention.run.history.keep-per-task|0", "retention.security.allowed-origins|*",
			"retention.security.allowed-origins|https://a.example/path" })
	void refused(String property, String value) {
		assertThatThrownBy(() -> bind(property, value)).rootCause()
			.isInstanceOf(InvalidSettingException.class)
			.hasMessageContaining(property)
			.hasMessageContaining("must be");
	}

	@Test
	void aBoundThatIsASettingIsToldWithItsValue() {
		assertThatThrownBy(() -> bind("retention.run.batch.max-rows", "49")).rootCause()
			.hasMessageContaining("must be a whole number from 50 (retention.run.batch.min-rows) to 1000000");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "retention.backlog.cron|-", "retention.backlog.cron|0 2 * * *",
					"retention.backlog.cron|*/5 0 2 * * MON", "retention.backlog.cron|@daily",
					"retention.backlog.max-age|87600h", "retention.backlog.max-age|1", "retention.purge.max-age|0",
					"retention.purge.max-age|87600", "retention.purge.cron|-", "retention.purge.initial-delay|0",
					"retention.run.workers|16", "retention.run.duty-cycle|1", "retention.run.max-duration|90s",
					"retention.security.allowed-origins|https://a.example,http://b.example:8080" })
	void taken(String property, String value) {
		assertThat(bind(property, value)).isNotNull();
	}

	@Test
	void aNumberWithoutUnitMeansTheUnitOfItsName() {
		assertThat(((BacklogProperties) bind("retention.backlog.max-age", "36")).maxAge()).hasHours(36);
		assertThat(((PurgeProperties) bind("retention.purge.interval", "5")).interval()).hasHours(5);
		assertThat(((PurgeProperties) bind("retention.purge.initial-delay", "90")).initialDelay()).hasSeconds(90);
	}

	@Test
	void fiveFieldsOfACronExpressionBeginWithTheMinute() {
		assertThat(((BacklogProperties) bind("retention.backlog.cron", "15 3 * * *")).cron()).isEqualTo("0 15 3 * * *");
		assertThat(List.of(((PurgeProperties) bind("retention.purge.cron", " - ")).cron())).containsExactly("-");
	}

}
