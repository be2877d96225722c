package com.delula.retention.jobs;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import com.delula.retention.rule.RuleSettings;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * The job purge.
 *
 * @param maxAge Finished jobs strictly older than this are removed; hours where no unit
 * is given; 0 removes all.
 * @param interval Time between two purges; hours where no unit is given.
 * @param initialDelay Time from the start of the service to the first purge; seconds
 * where no unit is given.
 * @param cron Schedule in UTC instead of the interval, five fields, or six with the
 * seconds first; - turns it off.
 */
@RuleSettings
@ConfigurationProperties("retention.purge")
public record PurgeProperties(@DefaultValue("48h") @DurationUnit(ChronoUnit.HOURS) Duration maxAge,
		@DefaultValue("6h") @DurationUnit(ChronoUnit.HOURS) Duration interval,
		@DefaultValue("60s") @DurationUnit(ChronoUnit.SECONDS) Duration initialDelay, @Nullable String cron) {

	/** The greatest age in hours, here and for a single run: ten years. */
	public static final int MAX_HOURS = 87_600;

	public PurgeProperties {
		Setting.between("retention.purge.max-age", maxAge, Duration.ZERO, Duration.ofHours(MAX_HOURS));
		Setting.between("retention.purge.interval", interval, Duration.ofSeconds(1), Duration.ofHours(MAX_HOURS));
		Setting.between("retention.purge.initial-delay", initialDelay, Duration.ZERO, Duration.ofDays(365));
		cron = (cron != null && !cron.isBlank()) ? Setting.cron("retention.purge.cron", cron) : null;
	}

}
