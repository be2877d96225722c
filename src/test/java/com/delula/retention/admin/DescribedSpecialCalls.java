package com.delula.retention.admin;

import java.util.List;

import com.delula.retention.rule.SessionsRule;
import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OthersLock;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Restores, policies, and calls beside a run of somebody else. */
abstract class DescribedSpecialCalls extends OnDescribedService {

	@Test
	@Order(6)
	void restoresAsDescribed() {
		fill();
		String run = send(RUN).json().get("runId").asString();
		String restore = RESTORE.replace("{id}", run);
		check(RESTORE, send(RESTORE));
		check(RESTORE, send(restore + "?dryRun=yes"));
		check(RESTORE, post(service.api(), restore, "{\"dryRun\": \"" + "x".repeat(70_000) + "\"}"));
		check(RESTORE, service.api().with("Content-Type", "text/plain").send("POST", path(restore), "{}"));
		String counted = check(RESTORE, post(service.api(), restore, "{\"dryRun\": true}")).json().get("id").asString();
		assertThat(check(RESTORE, send(RESTORE.replace("{id}", counted))).status()).isEqualTo(409);
		jdbc().sql("UPDATE users SET id = 'renamed' WHERE id = 'system_backlog'").update();
		assertThat(check(RESTORE, send(restore)).status()).isEqualTo(422);
		jdbc().sql("UPDATE users SET id = 'system_backlog' WHERE id = 'renamed'").update();
		jdbc()
			.sql("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS" + " 'BEGIN RAISE internal_error; END'")
			.update();
		jdbc().sql("CREATE TRIGGER refuse BEFORE INSERT ON generations EXECUTE FUNCTION refuse()").update();
		assertThat(check(RESTORE, send(restore)).status()).isEqualTo(500);
		jdbc().sql("DROP FUNCTION refuse() CASCADE").update();
		Answer begun = check(RESTORE, send(service.api().with("Prefer", "respond-async"), restore));
		check(EVENTS, send(EVENTS.replace("{id}", begun.json().get("id").asString())));
		assertThat(check(RESTORE, send(restore)).status()).isEqualTo(409);
	}

	@Test
	@Order(7)
	void answersAsDescribedWhatBecomesOfPolicies() {
		String put = SAVE_POLICY.replace("{id}", "one");
		String policy = "{\"match\":{\"userId\":1},\"maxAgeHours\":1,\"note\":\"x\"}";
		check(SAVE_POLICY, put(service.api(), put + "?dryRun=true", policy));
		check(SAVE_POLICY, put(service.api(), put, policy));
		check(SAVE_POLICY, put(service.api(), SAVE_POLICY.replace("{id}", "two"), policy));
		check("GET " + POLICIES, send("GET " + POLICIES));
		check(SAVE_POLICY, put(service.api(), put, "{}"));
		check(SAVE_POLICY, put(service.api(), put, "{\"note\": \"" + "x".repeat(70_000) + "\"}"));
		check(SAVE_POLICY, service.api().with("Content-Type", "text/plain").send("PUT", path(put), "{}"));
		check(SAVE_POLICY, put(service.api(), put.replace("{rule}", "nothing"), policy));
		check("GET " + POLICIES, send("GET " + POLICIES.replace("{rule}", "nothing")));
		String delete = DELETE_POLICY.replace("{id}", "one");
		Api json = service.api().with("Content-Type", "application/json");
		check(DELETE_POLICY, json.send("DELETE", path(delete), "{\"dryRun\": \"" + "x".repeat(70_000) + "\"}"));
		check(DELETE_POLICY, service.api().with("Content-Type", "text/plain").send("DELETE", path(delete), "{}"));
		for (String query : List.of("?dryRun=true", "?dryRun=yes", "", "")) {
			check(DELETE_POLICY, send(delete + query));
		}
	}

	@Test
	@Order(7)
	void answersAsDescribedWhileAnotherRunIsUnderWay() {
		for (String task : List.of("backlog-cleanup", "job-purge", SessionsRule.NAME)) {
			OthersLock.hold(jdbc(), task);
			jdbc()
				.sql("""
						INSERT INTO retention_run (id, task, mode, trigger, actor, status, dry_run, cutoff, started_at, owner)
						VALUES (CAST(:id AS uuid), :task, 'regular', 'api', 'x', 'running', false, now(), now(), 'other')
						""")
				.param("id", UNDER_WAY.replace('1', (char) ('0' + task.charAt(0) % 10)))
				.param("task", task)
				.update();
		}
		REMOVING.forEach((call) -> {
			Answer answer = check(call, send(call));
			assertThat(answer.status()).isEqualTo(409);
			assertThat(
					check(STEER, send(STEER.replace("{id}", answer.json().get("runId").asString()) + "?dutyCycle=0.2"))
						.status())
				.isEqualTo(200);
			check(CANCEL, send(CANCEL.replace("{id}", answer.json().get("runId").asString())));
		});
		jdbc().sql("UPDATE retention_lock SET lock_until = locked_at").update();
		jdbc().sql("DELETE FROM retention_run WHERE owner = 'other'").update();
	}

}
