package com.delula.retention.configured;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.CatalogColumn;
import com.delula.retention.installation.InstallationException;
import com.delula.retention.installation.RequiredTable;
import com.delula.retention.installation.Requirements;
import com.delula.retention.rule.Condition;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.validation.Setting;

/**
 * Holds the configured rules against the database, and names the setting that does not
 * fit it. Which columns and privileges they need follows from their descriptions, as with
 * every rule.
 */
final class ConfiguredRequirements implements Requirements {

	private static final Set<String> TIMES = Set.of("timestamp without time zone", "timestamp with time zone", "date");

	private final List<Rule> rules;

	ConfiguredRequirements(List<Rule> rules) {
		this.rules = rules;
	}

	@Override
	public List<RequiredTable> tables() {
		return List.of();
	}

	@Override
	public void check(Catalog catalog) {
		for (Rule rule : this.rules) {
			String prefix = ConfiguredProperties.PREFIX + "." + rule.name() + ".";
			for (int i = 0; i < rule.tables().size(); i++) {
				new TableCheck(catalog, rule, prefix, i).check();
			}
		}
	}

	/** The look at one table of a rule. */
	private static final class TableCheck {

		private final Catalog catalog;

		private final Rule rule;

		private final String prefix;

		private final String path;

		private final RuleTable table;

		private final int position;

		private final Map<String, CatalogColumn> columns;

		TableCheck(Catalog catalog, Rule rule, String prefix, int position) {
			this.catalog = catalog;
			this.rule = rule;
			this.prefix = prefix;
			this.path = prefix + "tables[" + position + "].";
			this.position = position;
			this.table = rule.tables().get(position);
			this.columns = catalog.columnsOf(this.table.name())
				.stream()
				.collect(Collectors.toMap(CatalogColumn::name, (column) -> column));
		}

		void check() {
			String name = this.table.name();
			Setting.require(!this.columns.isEmpty(), this.path + "table", name, "a table that the database has");
			String sqlName = this.catalog.sqlName(name);
			Setting.require(!Catalog.OWN_TABLES.contains(sqlName), this.path + "table", name,
					"a table that is not the service's own");
			order(sqlName);
			if (this.catalog.primaryKey(name).isEmpty()) {
				throw InstallationException.missingKey(name, this.rule.name());
			}
			times();
			this.table.where().forEach(this::values);
			group();
			this.rule.narrowBy().forEach((column) -> comparable("narrow-by", column));
		}

		private void order(String sqlName) {
			for (RuleTable earlier : this.rule.tables().subList(0, this.position)) {
				Setting.require(!this.catalog.sqlName(earlier.name()).equals(sqlName), this.path + "table",
						this.table.name(), "a table that the rule does not name twice");
				Setting.require(this.catalog.foreignKeys().between(this.table.name(), earlier.name()).isEmpty(),
						this.path + "table", this.table.name(),
						"named before " + earlier.name() + ", which its foreign key refers to");
			}
		}

		private void times() {
			for (String time : this.table.time()) {
				CatalogColumn column = column(this.path + "time", time);
				Setting.require(TIMES.contains(column.type()), this.path + "time", time,
						"a column of type timestamp, timestamptz or date, not " + column.type());
			}
		}

		private void values(Condition condition) {
			String property = this.path + "where." + condition.column();
			CatalogColumn column = this.columns.get(condition.column());
			Setting.require(column != null, property, given(condition), "set on a column of " + listed());
			String type = Objects.requireNonNull(column).type();
			Setting.require(this.catalog.accepts("CAST(NULL AS %s) = CAST(NULL AS %<s)".formatted(type)), property,
					given(condition), "set on a column whose values can be compared, not " + type);
			condition.values()
				.stream()
				.filter(Objects::nonNull)
				.forEach((value) -> Setting.require(this.catalog.isValue(type, value), property, value,
						"a value of type " + type));
		}

		private static String given(Condition condition) {
			return condition.values().stream().map(String::valueOf).collect(Collectors.joining(","));
		}

		/** Groups are sorted, and told apart by their texts. */
		private void group() {
			String per = this.rule.groupColumn();
			if (per == null) {
				return;
			}
			CatalogColumn column = column(this.prefix + "per", per);
			Setting.require(
					this.catalog.accepts(
							"CAST(NULL AS %s) < CAST(NULL AS %<s), '=' || CAST(NULL AS %<s)".formatted(column.type())),
					this.prefix + "per", per, "a column whose values can be sorted, not " + column.type());
			Setting.require(this.catalog.isWrittenAlike(this.table.name(), per), this.prefix + "per", per,
					"a column whose equal values are written alike, by its type and collation");
		}

		private void comparable(String setting, String name) {
			CatalogColumn column = column(this.prefix + setting, name);
			Setting.require(this.catalog.accepts("CAST(NULL AS %s) = CAST(NULL AS %<s)".formatted(column.type())),
					this.prefix + setting, name, "a column whose values can be compared, not " + column.type());
		}

		private CatalogColumn column(String property, String name) {
			CatalogColumn column = this.columns.get(name);
			Setting.require(column != null, property, name, "a column of " + listed());
			return Objects.requireNonNull(column);
		}

		private String listed() {
			return this.table.name() + " (" + String.join(", ", this.catalog.columns(this.table.name())) + ")";
		}

	}

}
