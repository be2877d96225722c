package com.delula.retention.doctor;

import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.delula.retention.installation.RuleStatement;
import com.delula.retention.installation.RuleStatements;
import com.delula.retention.run.batch.ReadOnlySession;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Statements of the rules that PostgreSQL would run without the index that exists for
 * them. Only asks for their plans; does not run them.
 */
final class PlanCheck implements Check {

	private static final String ROWS = """
			SELECT CAST(coalesce(sum(greatest(c.reltuples, 0)), 0) AS bigint)
			FROM pg_class c
			WHERE c.oid = to_regclass(:table)
				OR c.oid IN (SELECT p.relid FROM pg_partition_tree(to_regclass(:table)) p WHERE p.isleaf)
			""";

	/** The index and its parts on partitions. */
	private static final String INDEX_NAMES = """
			SELECT c.relname
			FROM pg_class c
			WHERE c.oid = to_regclass(:index)
				OR c.oid IN (SELECT p.relid FROM pg_partition_tree(to_regclass(:index)) p)
			""";

	private static final JsonMapper JSON = new JsonMapper();

	private final JdbcClient jdbc;

	private final ReadOnlySession session;

	private final List<RuleStatements> rules;

	private final DoctorProperties properties;

	PlanCheck(JdbcClient jdbc, ReadOnlySession session, List<RuleStatements> rules, DoctorProperties properties) {
		this.jdbc = jdbc;
		this.session = session;
		this.rules = rules;
		this.properties = properties;
	}

	@Override
	public String id() {
		return "plan";
	}

	@Override
	public String passed() {
		return "All statements of the rules use their indexes";
	}

	@Override
	public List<Finding> run() {
		Map<String, List<Detour>> detours = new LinkedHashMap<>();
		for (RuleStatements rule : this.rules) {
			for (RuleStatement statement : this.session.withCountSettings(rule::statements)) {
				detours(statement)
					.forEach((detour) -> detours.computeIfAbsent(statement.index(), (index) -> new ArrayList<>())
						.add(detour));
			}
		}
		return detours.values().stream().map(this::finding).toList();
	}

	private List<Detour> detours(RuleStatement statement) {
		Supplier<List<Detour>> plan = () -> isSmall(statement.table()) ? List.of() : planned(statement);
		return statement.batch() ? this.session.withBatchSettings(plan) : this.session.withCountSettings(plan);
	}

	private boolean isSmall(String table) {
		return this.jdbc.sql(ROWS).param("table", table).query(Long.class).single() < this.properties.smallTable();
	}

	private List<Detour> planned(RuleStatement statement) {
		JsonNode plan = JSON.readTree(explain(statement));
		List<String> indexes = this.jdbc.sql(INDEX_NAMES).param("index", statement.index()).query(String.class).list();
		boolean used = plan.findValuesAsString("Index Name")
			.stream()
			.anyMatch((name) -> indexes.contains(name) || name.startsWith(statement.index()));
		return used ? List.of() : List.of(new Detour(statement, access(statement, plan)));
	}

	private String explain(RuleStatement statement) {
		StatementSpec spec = this.jdbc.sql("EXPLAIN (FORMAT JSON) " + statement.sql());
		for (Entry<String, @Nullable Object> parameter : statement.parameters().entrySet()) {
			Object value = parameter.getValue();
			spec = spec.param(parameter.getKey(), value, (value instanceof Integer) ? Types.INTEGER : Types.OTHER);
		}
		return spec.query(String.class).single();
	}

	private Finding finding(List<Detour> detours) {
		RuleStatement first = detours.get(0).statement();
		return Finding.warning(id(),
				"On " + first.table() + ", " + detours.size()
						+ ((detours.size() == 1) ? " statement does" : " statements do") + " not use " + first.index(),
				"For " + detours.stream()
					.map((detour) -> detour.statement().name() + " PostgreSQL would read " + detour.access())
					.collect(Collectors.joining(", for "))
						+ ". The time this takes grows with the table instead of with" + " the rows that are due.",
				"ANALYZE " + first.table()
						+ ";\n-- If that does not help, check that the index exists and is valid, and"
						+ " whether enable_indexscan or a cost\n-- setting was changed for the role or the database"
						+ " (\\drds in psql).");
	}

	private static String access(RuleStatement statement, JsonNode plan) {
		List<String> others = plan.findValuesAsString("Index Name");
		if (plan.findValuesAsString("Node Type").contains("Seq Scan")) {
			return "all of " + statement.table();
		}
		return others.isEmpty() ? "the table without an index" : "the index " + others.get(0);
	}

	/** A statement whose plan does not use its index. */
	private record Detour(RuleStatement statement, String access) {

	}

}
