package com.delula.retention.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Reads times in the one form that no session zone can bend: seconds since 1970, UTC. */
public final class Instants {

	private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000L);

	private Instants() {
	}

	/**
	 * The instant of PostgreSQL's {@code extract(epoch FROM …)} in a column; null for
	 * null and for the infinite times, which are no instants.
	 */
	public static @Nullable Instant ofEpoch(ResultSet row, String column) throws SQLException {
		String seconds = row.getString(column);
		return (seconds == null || seconds.endsWith("Infinity")) ? null : ofEpoch(new BigDecimal(seconds));
	}

	/** The instant of PostgreSQL's {@code extract(epoch FROM …)}; null for null. */
	public static @Nullable Instant ofEpoch(@Nullable BigDecimal seconds) {
		if (seconds == null) {
			return null;
		}
		BigDecimal[] parts = seconds.multiply(BILLION).divideAndRemainder(BILLION);
		return Instant.ofEpochSecond(parts[0].longValue(), parts[1].longValue());
	}

}
