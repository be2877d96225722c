package com.delula.retention.answer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Values in rows and columns, for a person to read. */
public final class Grid {

	private final List<String> heads;

	private final List<List<@Nullable Object>> rows = new ArrayList<>();

	public Grid(String... heads) {
		this.heads = List.of(heads);
	}

	/** Adds a row; null where there is no value. */
	public Grid row(@Nullable Object... values) {
		List<@Nullable Object> row = new ArrayList<>();
		Collections.addAll(row, values);
		this.rows.add(row);
		return this;
	}

	/** What stands above the columns. */
	public List<String> heads() {
		return this.heads;
	}

	/** The rows, in order. */
	public List<List<@Nullable Object>> rows() {
		return this.rows;
	}

}
