package com.delula.retention.policy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.delula.retention.database.Instants;
import com.delula.retention.rule.Policy;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads and writes {@code retention_policy}; each change is kept in
 * {@code retention_policy_change}, in the same statement.
 */
public class PolicyStore {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String LIST = """
			SELECT p.id, p.match, p.max_age_hours, p.keep_newest, p.hold, p.note,
				extract(epoch FROM p.changed_at) AS changed_at, p.changed_by
			FROM retention_policy p
			WHERE p.rule = :rule
			ORDER BY p.id
			""";

	private static final String AS_JSON = """
			jsonb_build_object('id', p.id, 'match', p.match, 'maxAgeHours', p.max_age_hours,
				'keepNewest', p.keep_newest, 'hold', p.hold, 'note', p.note)""";

	private static final String SAVE = """
			WITH old AS (
				SELECT %1$s AS text FROM retention_policy p WHERE p.rule = :rule AND p.id = :id),
			p AS (
				INSERT INTO retention_policy AS s
					(rule, id, match, max_age_hours, keep_newest, hold, note, changed_at, changed_by)
				VALUES (:rule, :id, CAST(:match AS jsonb), :maxAgeHours, :keepNewest, :hold, :note, clock_timestamp(), :actor)
				ON CONFLICT (rule, id) DO UPDATE SET match = excluded.match, max_age_hours = excluded.max_age_hours,
					keep_newest = excluded.keep_newest, hold = excluded.hold, note = excluded.note,
					changed_at = excluded.changed_at, changed_by = excluded.changed_by
				RETURNING s.*)
			INSERT INTO retention_policy_change (rule, policy, changed_at, actor, door, before, after)
			SELECT p.rule, p.id, p.changed_at, p.changed_by, :door, (SELECT old.text FROM old), %1$s
			FROM p
			"""
		.formatted(AS_JSON);

	/** Locks the policy, so that the record of what it was before is right. */
	private static final String HOLD = "SELECT p.id FROM retention_policy p WHERE p.rule = :rule AND p.id = :id FOR UPDATE";

	private static final String DELETE = """
			WITH p AS (DELETE FROM retention_policy d WHERE d.rule = :rule AND d.id = :id RETURNING d.*)
			INSERT INTO retention_policy_change (rule, policy, changed_at, actor, door, before)
			SELECT p.rule, p.id, clock_timestamp(), :actor, :door, %s
			FROM p
			""".formatted(AS_JSON);

	private static final String CHANGES = """
			SELECT c.policy, extract(epoch FROM c.changed_at) AS changed_at, c.actor, c.door, c.before, c.after
			FROM retention_policy_change c
			WHERE c.rule = :rule
			ORDER BY c.id DESC
			LIMIT :most
			""";

	private final JdbcClient jdbc;

	PolicyStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** What a rule's policies say, by id. */
	public List<Policy> policies(String rule) {
		return list(rule).stream().map(StoredPolicy::policy).toList();
	}

	/** A rule's policies, by id. */
	public List<StoredPolicy> list(String rule) {
		return this.jdbc.sql(LIST)
			.param("rule", rule)
			.query((row, index) -> new StoredPolicy(policy(row), instant(row), row.getString("changed_by")))
			.list();
	}

	/** A rule's policy of that id. */
	public Optional<StoredPolicy> find(String rule, String id) {
		return list(rule).stream().filter((stored) -> stored.policy().id().equals(id)).findFirst();
	}

	/**
	 * Adds a policy or changes the one of that id, in a transaction of the caller.
	 * @throws org.springframework.dao.DuplicateKeyException if another one matches the
	 * same
	 */
	public void save(String rule, Policy policy, String actor, String door) {
		this.jdbc.sql(HOLD).param("rule", rule).param("id", policy.id()).query().listOfRows();
		this.jdbc.sql(SAVE)
			.param("rule", rule)
			.param("id", policy.id())
			.param("match", JSON.writeValueAsString(policy.match()))
			.param("maxAgeHours", policy.maxAgeHours(), Types.INTEGER)
			.param("keepNewest", policy.keepNewest(), Types.INTEGER)
			.param("hold", policy.hold())
			.param("note", policy.note(), Types.VARCHAR)
			.param("actor", actor)
			.param("door", door)
			.update();
	}

	/**
	 * Deletes a policy.
	 * @return whether there was one
	 */
	public boolean delete(String rule, String id, String actor, String door) {
		return this.jdbc.sql(DELETE)
			.param("rule", rule)
			.param("id", id)
			.param("actor", actor)
			.param("door", door)
			.update() == 1;
	}

	/** The last changes of a rule's policies, newest first. */
	public List<PolicyChange> changes(String rule, int most) {
		return this.jdbc.sql(CHANGES)
			.param("rule", rule)
			.param("most", most)
			.query((row, index) -> new PolicyChange(row.getString("policy"), instant(row), row.getString("actor"),
					row.getString("door"), read(row.getString("before")), read(row.getString("after"))))
			.list();
	}

	private static Instant instant(ResultSet row) throws SQLException {
		return Objects.requireNonNull(Instants.ofEpoch(row, "changed_at"));
	}

	private static @Nullable Policy read(@Nullable String json) {
		return (json != null) ? JSON.readValue(json, Policy.class) : null;
	}

	private static Policy policy(ResultSet row) throws SQLException {
		Map<String, @Nullable String> match = JSON.readValue(row.getString("match"),
				new TypeReference<Map<String, @Nullable String>>() {
				});
		return new Policy(row.getString("id"), match, row.getObject("max_age_hours", Integer.class),
				row.getObject("keep_newest", Integer.class), row.getBoolean("hold"), row.getString("note"));
	}

}
