package com.delula.retention.cli;

import java.time.Duration;
import java.util.List;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleSource;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.support.TestDatabase;

import org.springframework.context.annotation.Bean;

/**
 * A rule that only the tests have. Not a {@code @Configuration}, so that no scan finds
 * it; {@link #SETTING} adds it.
 */
final class ExpiredSessions {

	/** The setting that adds the rule. */
	static final String SETTING = "spring.main.sources=" + ExpiredSessions.class.getName();

	@Bean
	RuleSource sessionRule() {
		return () -> List.of(Rule.named("expired-sessions")
			.title("Expired sessions")
			.says("Removes expired sessions older than 30 d, but keeps the newest of each user.")
			.table(RuleTable.named("sessions")
				.noun("sessions")
				.key("id")
				.only("status", "expired", "revoked")
				.time("last_seen", "created_at")
				.build())
			.olderThan(Duration.ofDays(30))
			.keepNewest(1, "user_id")
			.narrowBy("user_id")
			.emergency()
			.build());
	}

	/** Creates its table. */
	static void create(TestDatabase database) {
		database.jdbc().sql("""
				CREATE TABLE sessions (id bigint PRIMARY KEY, user_id integer, status text NOT NULL,
					created_at timestamptz NOT NULL, last_seen timestamptz)
				""").update();
	}

	/** Fills it: two rows of user 1 and one of user 2 are due. */
	static void fill(TestDatabase database) {
		database.jdbc().sql("TRUNCATE sessions").update();
		database.jdbc().sql("""
				INSERT INTO sessions (id, user_id, status, created_at, last_seen)
				VALUES (1, 1, 'expired', now() - interval '90 days', NULL),
					(2, 1, 'revoked', now() - interval '90 days', now() - interval '31 days'),
					(3, 1, 'expired', now() - interval '90 days', now() - interval '28 days'),
					(4, 1, 'active', now() - interval '90 days', NULL),
					(5, 2, 'expired', now() - interval '90 days', NULL),
					(6, 2, 'expired', now() - interval '80 days', NULL)
				""").update();
	}

	/** The ids of the rows that are left. */
	static List<Long> ids(TestDatabase database) {
		return database.jdbc().sql("SELECT id FROM sessions ORDER BY id").query(Long.class).list();
	}

}
