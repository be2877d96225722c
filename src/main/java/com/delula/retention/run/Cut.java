package com.delula.retention.run;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * A place between two rows of a walk, at which one slice ends and the next begins.
 *
 * @param time of the row before it
 * @param id of the row before it
 * @param nextTime of the row behind it; null at the end of what was cut
 * @param nextId of the row behind it
 */
public record Cut(String time, String id, @Nullable String nextTime, @Nullable String nextId) {

	/**
	 * Has a step's statement cut pieces off the beginning of a slice. Besides the slice's
	 * ends it is told how many {@code rows} a piece has, and how many to look
	 * {@code ahead}: those of all pieces, and the one behind the last.
	 */
	public static List<Cut> off(Slice slice, StatementSpec statement, int rows, int most) {
		return slice.bind(statement).param("rows", rows).param("ahead", rows * most + 1).query(Cut.class).list();
	}

	/** The row before it. */
	Watermark end() {
		return new Watermark(this.time, this.id);
	}

	/** The row behind it; null if the walk does not go on. */
	@Nullable Watermark next() {
		return (this.nextTime != null && this.nextId != null) ? new Watermark(this.nextTime, this.nextId) : null;
	}

}
