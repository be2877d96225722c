package com.delula.retention.report;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import com.delula.retention.option.Option;
import com.delula.retention.option.OptionType;
import org.jspecify.annotations.Nullable;

/**
 * The days that a report is of, UTC, up to and including today.
 *
 * @param days how many
 * @param until now
 */
record Period(int days, Instant until) {

	/** How many days a report has if nobody says. */
	static final String DEFAULT_DAYS = "30";

	private static final Option<Integer> DAYS = new Option<>("days", OptionType.wholeNumber(1, 366));

	/**
	 * Reads how many days a caller wants.
	 * @param text null if the caller did not say
	 * @throws com.delula.retention.option.OptionException if it is invalid
	 */
	static int days(@Nullable String text) {
		return DAYS.read((text != null) ? text : DEFAULT_DAYS);
	}

	/** Its first day. */
	LocalDate first() {
		return this.until.atOffset(ZoneOffset.UTC).toLocalDate().minusDays(this.days - 1L);
	}

	/** The beginning of its first day. */
	Instant since() {
		return first().atStartOfDay().toInstant(ZoneOffset.UTC);
	}

	/** Its days in order. */
	List<LocalDate> each() {
		return first().datesUntil(first().plusDays(this.days)).toList();
	}

}
