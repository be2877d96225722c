package com.delula.retention.statement;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

import com.delula.retention.database.Instants;
import com.delula.retention.installation.Catalog;
import com.delula.retention.installation.ForeignKeySql;
import com.delula.retention.rule.Condition;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.InvalidKeyException;
import com.delula.retention.run.KeyText;
import com.delula.retention.run.RowVerdict;
import com.delula.retention.run.RunScope;
import com.delula.retention.statement.TableShape.Child;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Finds out what becomes of one row in a run, by the conditions that the run has. */
final class RowLook {

	/**
	 * Newer rows that are counted at most besides those that stay: reading as many from
	 * the index takes about 20 ms.
	 */
	private static final int COUNTED = 100_000;

	private final JdbcClient jdbc;

	private final Catalog catalog;

	private final Rule rule;

	private final RunScope scope;

	private final TableShape shape;

	private final PoliciesInForce policies;

	private final Binder binder;

	private final RowSql sql;

	RowLook(JdbcClient jdbc, Catalog catalog, Rule rule, RunScope scope, LookParts parts) {
		this.jdbc = jdbc;
		this.catalog = catalog;
		this.rule = rule;
		this.scope = scope;
		this.shape = parts.shape();
		this.policies = parts.policies();
		this.binder = parts.binder();
		this.sql = parts.sql();
	}

	/**
	 * Looks at a row.
	 * @param text its key; of several columns in order, with commas
	 * @throws InvalidKeyException if that is no key of the table
	 */
	RowVerdict at(String text) {
		List<String> key = key(text);
		return keyed(this.binder.aged(this.sql.look()), key).query(this::found)
			.optional()
			.map((found) -> verdict(found, key))
			.orElseGet(() -> removed(key));
	}

	private RowVerdict removed(List<String> key) {
		return keyed(this.jdbc.sql(this.sql.removed()), key).param("task", this.rule.name())
			.param("table", this.shape.table().name())
			.query(RowLook::removal)
			.optional()
			.map(RowVerdict::removed)
			.orElse(RowVerdict.UNKNOWN);
	}

	private static RowVerdict.Removal removal(ResultSet row, int index) throws SQLException {
		return new RowVerdict.Removal(row.getObject("run_id", UUID.class),
				Objects.requireNonNull(Instants.ofEpoch(row, "at")), row.getString("row_group"),
				Objects.requireNonNull(Instants.ofEpoch(row, "until")));
	}

	private List<String> key(String text) {
		int columns = this.shape.key().size();
		List<String> parts = KeyText.values(text, columns).orElse(List.of());
		boolean valid = !parts.isEmpty();
		for (int i = 0; valid && i < columns; i++) {
			valid = this.catalog.isValue(this.shape.key().get(i).type(), parts.get(i));
		}
		if (!valid) {
			String each = this.shape.key()
				.stream()
				.map((column) -> column.sql() + " (" + column.type() + ")")
				.collect(Collectors.joining(", "));
			throw new InvalidKeyException(
					(columns == 1) ? "a value of " + each : "values of " + each + ", in this order, with commas");
		}
		return parts;
	}

	private static StatementSpec keyed(StatementSpec statement, List<String> key) {
		StatementSpec bound = statement;
		for (int i = 0; i < key.size(); i++) {
			bound = bound.param("key" + i, key.get(i), Types.OTHER);
		}
		return bound;
	}

	private RowVerdict verdict(Found row, List<String> key) {
		Policy policy = this.policies.policy((row.holder() > 0) ? row.holder() : row.policy());
		int keep = this.policies.keepNewest(this.policies.policy(row.policy()));
		Long position = (keep > 0 && row.unmet().isEmpty()) ? position(row, key, keep) : null;
		return RowVerdict.of(new RowVerdict.Row(row.time(), row.old(), row.group(), position, keep, age(row.policy()),
				policy, row.holder() > 0, row.unmet(), referring(row, key)));
	}

	private Duration age(int number) {
		Policy policy = this.policies.policy(number);
		Integer hours = (policy != null) ? policy.maxAgeHours() : null;
		return (hours != null) ? Duration.ofHours(hours) : this.scope.before().equals("infinity") ? Duration.ZERO
				: Duration.between(this.scope.cutoff(), this.scope.startedAt());
	}

	private @Nullable Long position(Found row, List<String> key, int keep) {
		int most = keep + COUNTED;
		StatementSpec statement = keyed(this.jdbc.sql(this.sql.newer(row.group(), row.policy())), key)
			.param("place", row.place(), Types.OTHER)
			.param("most", most);
		long newer = RowSql.in(row.group(), statement).query(Long.class).single();
		return (newer < most) ? newer + 1 : null;
	}

	private @Nullable String referring(Found row, List<String> key) {
		for (int i = 0; i < row.references().size(); i++) {
			Child child = this.shape.children().get(i);
			String value = row.references().get(i);
			if (value != null && this.binder.aged(this.sql.referring(child))
				.param("ref", value, Types.OTHER)
				.query(Boolean.class)
				.single()) {
				return child.shape().table().name();
			}
		}
		return row.referenced() ? outside(key) : null;
	}

	/** The table outside of the rule whose foreign key protects the row. */
	private @Nullable String outside(List<String> key) {
		List<String> tables = this.rule.tableNames();
		List<String> tied = tables.subList(0, tables.indexOf(this.shape.table().name()) + 1);
		String[] except = this.shape.children()
			.stream()
			.map((child) -> child.shape().table().name())
			.toArray(String[]::new);
		List<Reference> all = this.jdbc.sql(ForeignKeySql.REFERRING)
			.param("table", this.shape.table().name())
			.param("alias", "t")
			.param("except", except)
			.param("tied", tied.toArray(String[]::new))
			.query(Reference.class)
			.list();
		return all.stream()
			.filter((reference) -> keyed(this.jdbc.sql(this.sql.holds(reference.condition())), key).query(Boolean.class)
				.single())
			.map(Reference::table)
			.findFirst()
			.orElse(null);
	}

	private Found found(ResultSet row, int index) throws SQLException {
		List<Condition> where = this.shape.table().where();
		List<RowVerdict.Unmet> unmet = new ArrayList<>();
		for (int i = 0; i < where.size(); i++) {
			if (!row.getBoolean("met" + i)) {
				unmet.add(new RowVerdict.Unmet(where.get(i), row.getString("value" + i)));
			}
		}
		List<@Nullable String> references = new ArrayList<>();
		for (int i = 0; i < this.shape.children().size(); i++) {
			references.add(row.getString("ref" + i));
		}
		return new Found(Instants.ofEpoch(row, "time"), Objects.requireNonNull(row.getString("place")),
				row.getString("grp"), row.getInt("policy"), row.getInt("holder"), row.getBoolean("old"),
				row.getBoolean("referenced"), unmet, references);
	}

	/** What the first look finds. */
	private record Found(@Nullable Instant time, String place, @Nullable String group, int policy, int holder,
			boolean old, boolean referenced, List<RowVerdict.Unmet> unmet, List<@Nullable String> references) {

	}

	/** A foreign key, as a condition on a row. */
	private record Reference(String table, String condition) {

	}

}
