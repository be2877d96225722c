package com.delula.retention.backlog;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import com.delula.retention.option.OptionType;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;

/**
 * Recipe ids are of any integer or text type, which the platform may change while the
 * service is up; outside they look like what they are.
 */
final class RecipeIds {

	/** How long a column's type is taken for granted: a look for each answer is a lot. */
	private static final long KNOWN_FOR = TimeUnit.MINUTES.toNanos(1);

	private final Supplier<String> columnType;

	private final LongSupplier nanoTime;

	private volatile Look last;

	RecipeIds(Supplier<String> columnType, LongSupplier nanoTime) {
		this.columnType = columnType;
		this.nanoTime = nanoTime;
		this.last = new Look(columnType.get(), nanoTime.getAsLong());
	}

	/**
	 * The id as JSON shows it: a number or a text; null for no recipe. A text whose
	 * column was one of numbers a moment ago stays a text.
	 */
	@Nullable Object json(@Nullable String id) {
		OptionType<String> type = OptionType.id(columnType(), "an id");
		return (id != null && type.numeric() && type.parse(id).isPresent()) ? Long.valueOf(id) : id;
	}

	/** What was seen last is good enough while the database is away. */
	private String columnType() {
		Look known = this.last;
		if (this.nanoTime.getAsLong() - known.at() <= KNOWN_FOR) {
			return known.columnType();
		}
		try {
			known = new Look(this.columnType.get(), this.nanoTime.getAsLong());
			this.last = known;
		}
		catch (DataAccessException ex) {
			// The next answer looks again.
		}
		return known.columnType();
	}

	private record Look(String columnType, long at) {

	}

}
