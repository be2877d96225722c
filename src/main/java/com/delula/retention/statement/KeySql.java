package com.delula.retention.statement;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.delula.retention.database.SqlTemplate;

/** Renders what a table's key makes of a statement. */
final class KeySql {

	private final TableShape shape;

	KeySql(TableShape shape) {
		this.shape = shape;
	}

	/** Fills the places that speak of keys. */
	void fill(SqlTemplate template) {
		template.with("table", this.shape.name())
			.with("time", this.shape.time())
			.with("keys", String.join(", ", columns()))
			.with("keysDescending", columns().stream().map((key) -> key + " DESC").collect(Collectors.joining(", ")))
			.with("keyTexts", each((i) -> "CAST(" + columns().get(i) + " AS text) AS key" + i))
			.with("keyColumns", each((i) -> columns().get(i) + " AS key" + i))
			.with("sampledTexts", each((i) -> "CAST(s.key" + i + " AS text) AS key" + i))
			.with("sampledKeys", each((i) -> "s.key" + i))
			.with("nextKeys", each((i) -> "lead(s.key" + i + ") OVER walk AS next_key" + i))
			.with("cutTexts",
					each((i) -> "CAST(c.key" + i + " AS text) AS key" + i + ", CAST(c.next_key" + i
							+ " AS text) AS next_key" + i))
			.with("cutKeys", each((i) -> "c.key" + i))
			.with("firstKeys", each((i) -> ":firstKey" + i))
			.with("lastKeys", each((i) -> ":lastKey" + i))
			.with("keptKeys", each(
					(i) -> "CAST(w.kept_key[" + (i + 1) + "] AS " + this.shape.key().get(i).type() + ") AS key" + i))
			.with("keptValues",
					each((i) -> "CAST(w.kept_key[" + (i + 1) + "] AS " + this.shape.key().get(i).type() + ")"))
			.with("keptTexts", each((i) -> "CAST(k.key" + i + " AS text)"))
			.with("fromInstant", fromInstant())
			.with("toInstant", toInstant());
	}

	/** The key's columns on the alias t. */
	List<String> columns() {
		return this.shape.key().stream().map((key) -> "t." + key.sql()).toList();
	}

	/** A row's place in the order of removal. */
	String place() {
		return "(" + this.shape.time() + ", " + String.join(", ", columns()) + ")";
	}

	/** A place's columns without values, in their types. */
	String withoutValues() {
		return "CAST(NULL AS " + this.shape.timeType() + "), "
				+ each((i) -> "CAST(NULL AS " + this.shape.key().get(i).type() + ")");
	}

	/** Something for each of the key's columns, by its number. */
	String each(IntFunction<String> key) {
		return IntStream.range(0, this.shape.key().size()).mapToObj(key).collect(Collectors.joining(", "));
	}

	private String fromInstant() {
		return switch (this.shape.timeType()) {
			case "timestamp with time zone" -> "w.kept_at";
			case "date" -> "CAST(w.kept_at AT TIME ZONE 'UTC' AS date)";
			default -> "w.kept_at AT TIME ZONE 'UTC'";
		};
	}

	private String toInstant() {
		return switch (this.shape.timeType()) {
			case "timestamp with time zone" -> "k.kept_at";
			case "date" -> "CAST(k.kept_at AS timestamp) AT TIME ZONE 'UTC'";
			default -> "k.kept_at AT TIME ZONE 'UTC'";
		};
	}

}
