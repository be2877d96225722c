package com.delula.retention.doctor;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import com.delula.retention.run.Instants;

import org.springframework.jdbc.core.simple.JdbcClient;

/** The clocks of the service and of the database. */
final class ClockCheck implements Check {

	/** A larger difference is no drift: the clock is wrong. */
	private static final Duration BEARABLE = Duration.ofMinutes(1);

	private static final String NOW = "SELECT extract(epoch FROM clock_timestamp())";

	private final Sight sight;

	private final Clock clock;

	private final Duration limit;

	ClockCheck(Sight sight, Clock clock, DoctorProperties properties) {
		this.sight = sight;
		this.clock = clock;
		this.limit = properties.clockDrift();
	}

	@Override
	public String id() {
		return "clock-drift";
	}

	@Override
	public String inOrder() {
		return "The clocks of the service and the database agree";
	}

	@Override
	public List<Finding> look() {
		Duration drift = this.sight.look(this::drift);
		return (drift.abs().compareTo(this.limit) > 0) ? List.of(finding(drift)) : List.of();
	}

	/** How far this clock is ahead, less what the way to the database may have taken. */
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
		String remedy = "Let both machines keep their time by NTP: timedatectl, chronyc tracking";
		if (drift.abs().compareTo(BEARABLE) > 0) {
			return Finding.critical(id(), title,
					"What is removed and when goes by the database's clock alone and stays right, but times in the"
							+ " log are wrong, and certificates may count as expired.",
					remedy);
		}
		return Finding.warning(id(), title, "What is removed goes by the database's clock alone and stays right;"
				+ " times in the log are off by this much.", remedy);
	}

}
