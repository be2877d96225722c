package com.delula.retention.rule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which rows go, as a value: everything that the service does with a rule follows from
 * this description.
 *
 * @param name its name at every door, on its lock and in metrics
 * @param title what a person calls its runs, such as "Backlog cleanup"
 * @param description what it removes and what it keeps, in a sentence
 * @param keeps what it keeps, for the log at the start
 * @param tables its tables, those that refer before those that are referred to
 * @param maxAge rows strictly older than this are due; zero means that age does not
 * matter
 * @param ageOption whether a caller may give another age for one run
 * @param keep how many of the newest stay; null where the rule keeps none
 * @param narrowBy columns, which each of the tables has, by which a caller may narrow a
 * run
 * @param emergency whether it offers a removal whatever the age and rank
 * @param schedule when it runs by itself
 * @param ledgerType the {@code type} of its rows in the ledger
 * @param ledgerName what their description calls its runs
 * @param settings where its settings begin
 * @param safeguards what bounds its runs
 */
public record Rule(String name, String title, String description, String keeps, List<RuleTable> tables, Duration maxAge,
		boolean ageOption, @Nullable Keep keep, List<String> narrowBy, boolean emergency, RuleSchedule schedule,
		String ledgerType, String ledgerName, String settings, Safeguards safeguards) {

	/** The option that gives the age of one run, in hours. */
	public static final String HOURS = "hours";

	public Rule {
		if (tables.isEmpty()) {
			throw new IllegalArgumentException("The rule " + name + " names no table");
		}
		if (keep != null && tables.size() > 1) {
			throw new IllegalArgumentException("The rule " + name + " keeps the newest rows of more than one table");
		}
		tables = List.copyOf(tables);
		narrowBy = List.copyOf(narrowBy);
	}

	/** Describes a rule. */
	public static Builder named(String name) {
		return new Builder(name);
	}

	/** The same rule with other safeguards. */
	Rule guardedBy(Safeguards other) {
		return new Rule(this.name, this.title, this.description, this.keeps, this.tables, this.maxAge, this.ageOption,
				this.keep, this.narrowBy, this.emergency, this.schedule, this.ledgerType, this.ledgerName,
				this.settings, other);
	}

	/** A table of the rule. */
	public RuleTable table(String table) {
		return this.tables.stream().filter((candidate) -> candidate.name().equals(table)).findFirst().orElseThrow();
	}

	/** What a person calls its emergencies, such as "Emergency backlog cleanup". */
	public String emergencyTitle() {
		return "Emergency " + Character.toLowerCase(this.title.charAt(0)) + this.title.substring(1);
	}

	/** What a person calls its restores, such as "Backlog cleanup restore". */
	public String restoreTitle() {
		return this.title + " restore";
	}

	/** The tables' names, in order. */
	public List<String> tableNames() {
		return this.tables.stream().map(RuleTable::name).toList();
	}

	/** The column whose values form groups; null where the rule has none. */
	public @Nullable String groupColumn() {
		return (this.keep != null) ? this.keep.per() : null;
	}

	/** The first column that narrows runs and forms no groups; null if there is none. */
	public @Nullable String reasonColumn() {
		return this.narrowBy.stream().filter((column) -> !column.equals(groupColumn())).findFirst().orElse(null);
	}

	/** The name of the option that narrows by a column: {@code user_id} is userId. */
	public static String optionName(String column) {
		StringBuilder name = new StringBuilder();
		for (String word : column.split("_")) {
			boolean first = name.isEmpty();
			name.append(first || word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
		}
		return name.toString();
	}

	/** Collects a rule's description. */
	public static final class Builder {

		private final String name;

		private String title;

		private String description = "";

		private String keeps = "";

		private final List<RuleTable> tables = new ArrayList<>();

		private Duration maxAge = Duration.ZERO;

		private boolean ageOption;

		private @Nullable Keep keep;

		private List<String> narrowBy = List.of();

		private boolean emergency;

		private RuleSchedule schedule = RuleSchedule.NEVER;

		private String ledgerType;

		private @Nullable String ledgerName;

		private String settings;

		private Builder(String name) {
			this.name = name;
			this.title = name;
			this.ledgerType = name.replace('-', '_');
			this.settings = "retention.rules." + name;
		}

		/** What a person calls its runs. */
		public Builder title(String text) {
			this.title = text;
			return this;
		}

		/** What it removes and what it keeps, in a sentence. */
		public Builder says(String sentence) {
			this.description = sentence;
			return this;
		}

		/** What it keeps, for the log at the start: "keeps finished jobs for 48h". */
		public Builder keeps(String text) {
			this.keeps = text;
			return this;
		}

		/** Adds a table, behind those that refer to it. */
		public Builder table(RuleTable table) {
			this.tables.add(table);
			return this;
		}

		/** Rows strictly older than this are due. */
		public Builder olderThan(Duration age) {
			this.maxAge = age;
			return this;
		}

		/** A caller may give another age for one run. */
		public Builder ageMayBeGiven() {
			this.ageOption = true;
			return this;
		}

		/** The newest rows of each group stay. */
		public Builder keepNewest(int rows, @Nullable String per) {
			this.keep = new Keep(rows, per);
			return this;
		}

		/** A caller may narrow a run to a value of these columns. */
		public Builder narrowBy(String... columns) {
			this.narrowBy = List.of(columns);
			return this;
		}

		/** A caller may have everything removed, whatever its age and rank. */
		public Builder emergency() {
			this.emergency = true;
			return this;
		}

		/** When it runs by itself. */
		public Builder schedule(RuleSchedule when) {
			this.schedule = when;
			return this;
		}

		/** The type of its rows in the ledger. */
		public Builder books(String type) {
			this.ledgerType = type;
			return this;
		}

		/**
		 * The type of its rows in the ledger.
		 * @param name what their description calls its runs; the title if this is not
		 * called
		 */
		public Builder books(String type, String name) {
			this.ledgerName = name;
			return books(type);
		}

		/** Where its settings begin; {@code retention.rules.} and its name otherwise. */
		public Builder settings(String prefix) {
			this.settings = prefix;
			return this;
		}

		/** The finished description. */
		public Rule build() {
			return new Rule(this.name, this.title, this.description, this.keeps, this.tables, this.maxAge,
					this.ageOption, this.keep, this.narrowBy, this.emergency, this.schedule, this.ledgerType,
					(this.ledgerName != null) ? this.ledgerName : this.title, this.settings, Safeguards.NONE);
		}

	}

}
