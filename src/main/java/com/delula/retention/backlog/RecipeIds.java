package com.delula.retention.backlog;

import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Recipe ids are of any integer or text type; outside they look like what they are.
 */
public final class RecipeIds {

	private static final Map<String, Integer> BITS = Map.of("smallint", 15, "integer", 31, "bigint", 63);

	private final @Nullable Integer bits;

	RecipeIds(String columnType) {
		this.bits = BITS.get(columnType);
	}

	/** Whether ids are numbers. */
	public boolean numeric() {
		return this.bits != null;
	}

	/** The id as JSON shows it: a number or a text; null for no recipe. */
	public @Nullable Object json(@Nullable String id) {
		return (id != null && this.bits != null) ? Long.valueOf(id) : id;
	}

	/** The id as the database writes it; empty if it cannot be one. */
	public Optional<String> parse(String text) {
		if (this.bits == null) {
			return Optional.of(text).filter((id) -> !id.isEmpty() && id.indexOf('\0') < 0);
		}
		if (!text.matches("0|-?[1-9][0-9]{0,18}")) {
			return Optional.empty();
		}
		BigInteger number = new BigInteger(text);
		boolean fits = number.bitLength() <= this.bits;
		return fits ? Optional.of(text) : Optional.empty();
	}

}
