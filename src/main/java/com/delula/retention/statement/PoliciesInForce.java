package com.delula.retention.statement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Policy;
import com.delula.retention.rule.Rule;
import com.delula.retention.run.InstallationIncompleteException;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RunScope;
import com.delula.retention.statement.TableShape.Column;
import org.jspecify.annotations.Nullable;

/** Renders the policies that are in force for one run. */
final class PoliciesInForce {

	private final Rule rule;

	private final RunScope scope;

	private final TableShape shape;

	private final List<Policy> policies;

	PoliciesInForce(Rule rule, RunScope scope, TableShape shape) {
		this.rule = rule;
		this.scope = scope;
		this.shape = shape;
		this.policies = scope.policies().stream().sorted(Policy.precedence(rule.narrowBy())).toList();
	}

	/** How many of the newest stay by the rule itself. */
	int ownKeep() {
		Keep keep = this.rule.keep();
		return (keep != null) ? keep.newest() : 0;
	}

	/** Whether any of the newest stay at all. */
	boolean ranked() {
		return this.scope.request().mode() != Mode.EMERGENCY && (ownKeep() > 0
				|| (this.rule.tables().size() == 1 && this.policies.stream().anyMatch((policy) -> keep(policy) > 0)));
	}

	/**
	 * The SQL of the policies; an emergency follows holds only.
	 * @throws InstallationIncompleteException if a policy matches a column that the table
	 * does not have
	 */
	PolicySql sql() {
		if (this.policies.isEmpty()) {
			return PolicySql.NONE;
		}
		if (this.scope.request().mode() == Mode.EMERGENCY) {
			return new PolicySql(null, null, PolicySql.ANY_TIME, held(), PolicySql.NO, ":keep");
		}
		boolean aged = this.policies.stream().anyMatch((policy) -> policy.maxAgeHours() != null);
		return new PolicySql(choice((i) -> String.valueOf(i + 1), "0"),
				aged ? choice((i) -> Literals.of(limit(this.policies.get(i))), Literals.of(this.scope.before())) : null,
				Literals.of(youngest()), held(), keepsNone(), keep());
	}

	private String choice(Function<Integer, String> value, String other) {
		return IntStream.range(0, this.policies.size())
			.mapToObj((i) -> "WHEN " + match(this.policies.get(i)) + " THEN " + value.apply(i))
			.collect(Collectors.joining(" ", "CASE ", " ELSE " + other + " END"));
	}

	private String match(Policy policy) {
		List<String> conditions = new ArrayList<>();
		policy.match()
			.forEach((column, value) -> conditions
				.add("t." + column(policy, column) + ((value != null) ? " = " + Literals.of(value) : " IS NULL")));
		return String.join(" AND ", conditions);
	}

	private String column(Policy policy, String name) {
		Column column = this.shape.columns().get(name);
		if (column == null) {
			throw new InstallationIncompleteException(
					"The policy " + policy.id() + " of " + this.rule.name() + " matches the column " + name + ", which "
							+ this.shape.table().name() + " does not have. Change or delete the policy");
		}
		return column.sql();
	}

	private String limit(Policy policy) {
		Integer hours = policy.maxAgeHours();
		if (hours == null) {
			return this.scope.before();
		}
		return (hours == 0) ? "infinity" : cutoff(hours).toString();
	}

	private Instant cutoff(int hours) {
		return this.scope.startedAt().minus(Duration.ofHours(hours));
	}

	private String youngest() {
		List<String> limits = new ArrayList<>(this.policies.stream().map(this::limit).toList());
		limits.add(this.scope.before());
		return limits.contains("infinity") ? "infinity"
				: limits.stream().map(Instant::parse).max(Comparator.naturalOrder()).orElseThrow().toString();
	}

	private @Nullable String held() {
		List<String> holds = this.policies.stream().filter(Policy::hold).map(this::match).toList();
		return holds.isEmpty() ? null : String.join(" OR ", holds);
	}

	/**
	 * The number of the policy that holds a row, as SQL; 0 if none does. Any that matches
	 * holds it, whichever one the row falls under.
	 */
	String holder() {
		String holders = IntStream.range(0, this.policies.size())
			.filter((i) -> this.policies.get(i).hold())
			.mapToObj((i) -> "WHEN " + match(this.policies.get(i)) + " THEN " + (i + 1))
			.collect(Collectors.joining(" "));
		return holders.isEmpty() ? "0" : "CASE " + holders + " ELSE 0 END";
	}

	/** The policy of that number; null for 0. */
	@Nullable Policy policy(int number) {
		return (number > 0) ? this.policies.get(number - 1) : null;
	}

	/** How many of the newest stay under a policy, or by the rule itself. */
	int keepNewest(@Nullable Policy policy) {
		return !ranked() ? 0 : (policy != null) ? keep(policy) : ownKeep();
	}

	private int keep(Policy policy) {
		return Objects.requireNonNullElse(policy.keepNewest(), ownKeep());
	}

	private String keepsNone() {
		List<String> none = new ArrayList<>();
		if (ownKeep() == 0) {
			none.add("0");
		}
		for (int i = 0; i < this.policies.size(); i++) {
			if (keep(this.policies.get(i)) == 0) {
				none.add(String.valueOf(i + 1));
			}
		}
		return none.isEmpty() ? PolicySql.NO
				: choice((i) -> String.valueOf(i + 1), "0") + " IN (" + String.join(", ", none) + ")";
	}

	private String keep() {
		return IntStream.range(0, this.policies.size())
			.mapToObj((i) -> "WHEN " + (i + 1) + " THEN " + keep(this.policies.get(i)))
			.collect(Collectors.joining(" ", "CASE s.policy ", " ELSE :keep END"));
	}

}
