package com.delula.retention.run;

import java.time.Duration;
import java.util.List;

import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When runs wait for the database to recover.
 *
 * @param maxReplicaLag Runs wait while a streaming replica is further behind; 0 never
 * waits.
 * @param ignoredReplicas The application_name of each replica that is behind on purpose.
 * @param maxActiveSessions Runs wait while more other sessions of the database are busy;
 * off by default.
 */
@ConfigurationProperties("retention.throttle")
public record ThrottleProperties(@DefaultValue("10s") Duration maxReplicaLag,
		@DefaultValue List<String> ignoredReplicas, @Nullable Integer maxActiveSessions) {

	private static final String PREFIX = "retention.throttle.";

	public ThrottleProperties {
		Setting.between(PREFIX + "max-replica-lag", maxReplicaLag, Duration.ZERO, Duration.ofDays(7));
		if (maxActiveSessions != null) {
			Setting.require(maxActiveSessions >= 0 && maxActiveSessions <= 100_000, PREFIX + "max-active-sessions",
					maxActiveSessions, "a whole number from 0 to 100000");
		}
		ignoredReplicas = List.copyOf(ignoredReplicas);
	}

}
