package com.delula.retention.doctor;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.delula.retention.database.Instants;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The difference between the clocks of the service and the database. */
final class ClockCheck implements Check {

	/** A larger difference is not drift: one of the clocks is wrong. */
	private static final Duration MAX_DRIFT = Duration.ofMinutes(1);

	private static final String NOW = "SELECT extract(epoch FROM clock_timestamp())";

	private final ReadOnlyDatabase database;

	private final Clock clock;

	private final Duration limit;

	ClockCheck(ReadOnlyDatabase database, Clock clock, DoctorProperties properties) {
		this.database = database;
		this.clock = clock;
		this.limit = properties.clockDrift();
	}

	@Override
	public String id() {
		return "clock-drift";
	}

	@Override
	public String passed() {
		return "The clocks of the service and the database agree";
	}

	@Override
	public List<Finding> run() {
		Duration drift = this.database.read(this::drift);
		return (drift.abs().compareTo(this.limit) > 0) ? List.of(finding(drift)) : List.of();
	}

	/** How far this clock is ahead, not counting the round trip to the database. */
	private Duration drift(JdbcClient jdbc) {
		Instant before = this.clock.instant();
		Instant there = Objects.requireNonNull(Instants.ofEpoch(jdbc.sql(NOW).query(BigDecimal.class).single()));
		Instant after = this.clock.instant();
		if (there.isBefore(before)) {
			return Duration.between(there, before);
		}
		return there.isAfter(after) ? Duration.between(there, after) : Duration.ZERO;
	}

	private Finding finding(Duration drift) {
		String title = "The clock of the service is " + drift.abs().toMillis() / 1000.0 + " s "
				+ (drift.isNegative() ? "behind" : "ahead of") + " the database's";
		String remedy = "Synchronize both machines by NTP. Check with: timedatectl, chronyc tracking";
		if (drift.abs().compareTo(MAX_DRIFT) > 0) {
			return Finding.critical(id(), title,
					"Runs and schedules use the database's clock and are not affected, but times in the log are wrong"
							+ " and certificates may be rejected as expired.",
					remedy);
		}
		return Finding.warning(id(), title, "Runs and schedules use the database's clock and are not affected;"
				+ " times in the log are off by this much.", remedy);
	}

}
