package com.delula.retention.backlog;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import com.delula.retention.rule.RuleSettings;
import com.delula.retention.validation.Setting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The backlog cleanup.
 *
 * @param userId Account whose failures are cleaned up, and to which runs are booked.
 * @param maxAge Failures strictly older than this are removed; hours where no unit is
 * given.
 * @param keepPerRecipe Newest failures of each recipe that stay whatever their age, 0 to
 * 1000000; 0 keeps none.
 * @param cron Schedule in UTC, five fields, or six with the seconds first; - turns it
 * off.
 */
@RuleSettings
@ConfigurationProperties("retention.backlog")
public record BacklogProperties(@DefaultValue("system_backlog") String userId,
		@DefaultValue("24h") @DurationUnit(ChronoUnit.HOURS) Duration maxAge, @DefaultValue("10") int keepPerRecipe,
		@DefaultValue("0 2 * * *") String cron) {

	public BacklogProperties {
		Setting.require(!userId.isBlank() && userId.indexOf('\'') < 0, "retention.backlog.user-id", userId,
				"the id of a row of the users table");
		Setting.between("retention.backlog.max-age", maxAge, Duration.ofMinutes(1), Duration.ofHours(87_600));
		Setting.require(keepPerRecipe >= 0 && keepPerRecipe <= 1_000_000, "retention.backlog.keep-per-recipe",
				keepPerRecipe, "a whole number from 0 to 1000000");
		cron = Setting.cron("retention.backlog.cron", cron);
	}

}
