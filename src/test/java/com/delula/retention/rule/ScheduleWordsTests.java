package com.delula.retention.rule;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Schedules in words; what has none is shown as it is. */
class ScheduleWordsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "0 0 2 * * *|every day at 02:00 UTC", "0 30 0,12 * * *|every day at 00:30 and 12:30 UTC",
					"0 0 3 * * MON|every Monday at 03:00 UTC", "0 15 4 ? * MON-FRI|Monday to Friday at 04:15 UTC",
					"0 0 3 * * 0,6|every Sunday and Saturday at 03:00 UTC",
					"0 0 5 1 * *|on day 1 of every month at 05:00 UTC", "0 */15 * * * *|every 15 minutes",
					"0 0 */6 * * *|every 6 hours from 00:00 UTC", "0 30 * * * *|every hour at minute 30",
					"0 * * * * *|every minute", "0 0 3 L * *|cron '0 0 3 L * *' UTC",
					"0 0 3 * * MON#1|cron '0 0 3 * * MON#1' UTC", "0 0 3 1 * MON|cron '0 0 3 1 * MON' UTC",
					"30 0 2 * * *|cron '30 0 2 * * *' UTC", "0 0 8-18 * * *|cron '0 0 8-18 * * *' UTC" })
	void expressions(String cron, String words) {
		assertThat(RuleSchedule.cron(cron).words()).isEqualTo(words);
	}

	@ParameterizedTest
	@CsvSource({ "PT6H,every 6 hours", "PT1H,every hour", "P1D,every day", "P2D,every 2 days", "PT90M,every 90 minutes",
			"PT45S,every 45 seconds" })
	void intervals(Duration interval, String words) {
		assertThat(RuleSchedule.every(interval, Duration.ZERO).words()).isEqualTo(words);
	}

	@Test
	void never() {
		assertThat(RuleSchedule.NEVER.words()).isEqualTo("never");
	}

}
