package com.delula.retention.rule;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A table's part in a rule.
 *
 * @param name the table, with its schema where that is not on the search path
 * @param noun what its rows are called, in the plural
 * @param key the columns that tell its rows apart; the primary key if empty
 * @param where what makes a row a candidate; every row is one if empty
 * @param time a row's time is the first of these columns that is not null; a row without
 * any is the newest
 * @param heldBy columns of earlier tables of the rule that refer to this table's key: a
 * row stays while any row refers to it
 * @param indexNames what its indexes are called, by their use; names are made up from the
 * rule where this says nothing
 */
public record RuleTable(String name, String noun, List<String> key, List<Condition> where, List<String> time,
		List<Reference> heldBy, Map<IndexUse, String> indexNames) {

	public RuleTable {
		if (time.isEmpty()) {
			throw new IllegalArgumentException("The rule for " + name + " names no time");
		}
		key = List.copyOf(key);
		where = List.copyOf(where);
		time = List.copyOf(time);
		heldBy = List.copyOf(heldBy);
		indexNames = Map.copyOf(indexNames);
	}

	/** Describes a table. */
	public static Builder named(String name) {
		return new Builder(name);
	}

	/** Collects a table's description. */
	public static final class Builder {

		private final String name;

		private String noun;

		private List<String> key = List.of();

		private final List<Condition> where = new ArrayList<>();

		private List<String> time = List.of();

		private final List<Reference> heldBy = new ArrayList<>();

		private final Map<IndexUse, String> indexNames = new EnumMap<>(IndexUse.class);

		private Builder(String name) {
			this.name = name;
			this.noun = "rows of " + name;
		}

		/** What the rows are called, in the plural. */
		public Builder noun(String plural) {
			this.noun = plural;
			return this;
		}

		/** The columns that tell rows apart, where they need not be a primary key. */
		public Builder key(String... columns) {
			this.key = List.of(columns);
			return this;
		}

		/** Only rows with one of these values; null stands for none. */
		public Builder only(String column, @Nullable String... values) {
			List<@Nullable String> list = new ArrayList<>();
			for (String value : values) {
				list.add(value);
			}
			return only(new Condition(column, list, false));
		}

		/** Only rows with this value, which is a setting. */
		public Builder onlySetting(String column, String value) {
			return only(new Condition(column, List.of(value), true));
		}

		/** Only rows that meet a condition. */
		public Builder only(Condition condition) {
			this.where.add(condition);
			return this;
		}

		/** The columns that hold a row's time, the first that is not null counts. */
		public Builder time(String... columns) {
			this.time = List.of(columns);
			return this;
		}

		/** A row stays while a row of an earlier table refers to it. */
		public Builder heldBy(String table, String column, String index) {
			this.heldBy.add(new Reference(table, column, index));
			return this;
		}

		/** Calls an index by a name of its own. */
		public Builder index(IndexUse use, String named) {
			this.indexNames.put(use, named);
			return this;
		}

		/** The finished description. */
		public RuleTable build() {
			return new RuleTable(this.name, this.noun, this.key, this.where, this.time, this.heldBy, this.indexNames);
		}

	}

}
