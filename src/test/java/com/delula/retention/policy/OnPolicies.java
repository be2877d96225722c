package com.delula.retention.policy;

import java.time.Duration;
import java.util.List;

import com.delula.retention.support.Answer;
import com.delula.retention.support.OnEmptyTables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Tests that save policies of the backlog cleanup on a shared service. */
abstract class OnPolicies extends OnEmptyTables {

	static final String RULE = "/api/admin/rules/backlog-cleanup";

	static final String POLICIES = RULE + "/policies";

	static final Duration OLD = Duration.ofHours(30);

	static final Duration YOUNG = Duration.ofHours(2);

	@AfterEach
	void withoutPolicies() {
		this.jdbc.sql("DELETE FROM retention_policy").update();
		this.jdbc.sql("DELETE FROM retention_policy_change").update();
	}

	Answer put(String id, String policy) {
		return this.api.with("Content-Type", "application/json").send("PUT", POLICIES + "/" + id, policy);
	}

	void save(String id, String policy) {
		put(id, policy).ok();
	}

	List<Long> failures(@Nullable Integer recipe, @Nullable String reason, Duration age, int rows) {
		return this.rows.generation()
			.failed()
			.recipe((recipe != null) ? recipe.longValue() : null)
			.failureReason(reason)
			.age(age)
			.insert(rows);
	}

	void recipes() {
		for (int recipe : List.of(16, 17)) {
			this.rows.recipe().id(recipe).insert();
		}
	}

}
