package com.delula.retention.doctor;

import java.time.Duration;

import com.delula.retention.validation.Setting;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Thresholds of the doctor's checks.
 *
 * @param oldTransaction Report transactions open for longer.
 * @param replicaLag Report standbys further behind.
 * @param clockDrift Report a difference between the clocks of service and database.
 * @param deadRows Dead rows that any table may have, whatever its size.
 * @param smallTable Tables with fewer rows need not use their indexes.
 */
@ConfigurationProperties("retention.doctor")
public record DoctorProperties(@DefaultValue("15m") Duration oldTransaction, @DefaultValue("1m") Duration replicaLag,
		@DefaultValue("10s") Duration clockDrift, @DefaultValue("10000") long deadRows,
		@DefaultValue("10000") long smallTable) {

	private static final String PREFIX = "retention.doctor.";

	public DoctorProperties {
		Setting.between(PREFIX + "old-transaction", oldTransaction, Duration.ZERO, Duration.ofDays(30));
		Setting.between(PREFIX + "replica-lag", replicaLag, Duration.ZERO, Duration.ofDays(30));
		Setting.between(PREFIX + "clock-drift", clockDrift, Duration.ofMillis(100), Duration.ofDays(1));
		Setting.require(deadRows >= 0, PREFIX + "dead-rows", deadRows, "a whole number from 0");
		Setting.require(smallTable >= 0, PREFIX + "small-table", smallTable, "a whole number from 0");
	}

}
