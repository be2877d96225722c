package com.delula.retention.run;

import java.sql.Types;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * A stretch of a table's order of removal, both ends included.
 *
 * @param first where it begins
 * @param last where it ends
 * @param rows how many rows it holds, more or less
 * @param heldSince since when one of its rows is known to be held by somebody else, as
 * {@link System#nanoTime()} has it; null if it is not
 */
public record Slice(Watermark first, Watermark last, int rows, @Nullable Long heldSince) {

	public Slice(Watermark first, Watermark last, int rows) {
		this(first, last, rows, null);
	}

	/** Larger than any batch: it is counted off before it is removed. */
	public static final int UNKNOWN = Integer.MAX_VALUE;

	/** Whether it can be halved: it has more than one row. */
	public boolean divisible() {
		return !this.first.equals(this.last);
	}

	/**
	 * Passes both ends to a statement, as {@code firstTime}, {@code firstKey0} and so on,
	 * {@code lastTime}, {@code lastKey0}: literals without a type.
	 */
	public StatementSpec bind(StatementSpec statement) {
		return bind(bind(statement, "first", this.first), "last", this.last);
	}

	private static StatementSpec bind(StatementSpec statement, String name, Watermark place) {
		StatementSpec bound = statement.param(name + "Time", place.time(), Types.OTHER);
		for (int i = 0; i < place.key().size(); i++) {
			bound = bound.param(name + "Key" + i, place.key().get(i), Types.OTHER);
		}
		return bound;
	}

	/** The same, known to be held. */
	public Slice held(long since) {
		return new Slice(this.first, this.last, this.rows, since);
	}

	/** From the beginning of this slice to the end of a later one. */
	public Slice through(Slice later) {
		return new Slice(this.first, later.last, this.rows + later.rows);
	}

}
