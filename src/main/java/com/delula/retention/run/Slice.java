package com.delula.retention.run;

import java.sql.Types;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * A stretch of a table's order of removal, both ends included.
 *
 * @param first where it begins
 * @param last where it ends
 * @param rows how many rows it holds, more or less
 */
public record Slice(Watermark first, Watermark last, int rows) {

	/** Larger than any batch: it is counted off before it is removed. */
	static final int UNKNOWN = Integer.MAX_VALUE;

	boolean divisible() {
		return !this.first.equals(this.last);
	}

	/**
	 * Passes both ends to a statement, as {@code firstTime}, {@code firstId},
	 * {@code lastTime} and {@code lastId}: literals without a type.
	 */
	public StatementSpec bind(StatementSpec statement) {
		return statement.param("firstTime", this.first.time(), Types.OTHER)
			.param("firstId", this.first.id(), Types.OTHER)
			.param("lastTime", this.last.time(), Types.OTHER)
			.param("lastId", this.last.id(), Types.OTHER);
	}

	/** From the beginning of this slice to the end of a later one. */
	Slice through(Slice later) {
		return new Slice(this.first, later.last, this.rows + later.rows);
	}

}
