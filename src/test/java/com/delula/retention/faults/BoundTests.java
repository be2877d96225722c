package com.delula.retention.faults;

import java.util.List;
import java.util.Map;

import com.delula.retention.answer.RuleAnswers;
import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.monitor.TaskHealth;
import com.delula.retention.monitor.TaskHealthReader;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunAction;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunTicket;
import com.delula.retention.run.history.RunHistory;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** No run removes more than it may, and one that nobody watches waits for approval. */
class BoundTests extends OnOwnDatabase {

	private static final String KEEP_NONE = "retention.backlog.keep-per-recipe=0";

	/**
	 * Once the oldest row goes, 300 others appear at the end of the walk, which no worker
	 * has reached by then: its slices hold more rows than were counted.
	 */
	private static final String MORE_ON_THE_WAY = """
			CREATE FUNCTION more_failures() RETURNS trigger LANGUAGE plpgsql AS $$
			BEGIN
				INSERT INTO generations (user_id, recipe_id, prompt, status, created_at, updated_at)
				SELECT 'system_backlog', 1, 'p', 'failed', t, t
				FROM (SELECT (SELECT max(updated_at) FROM generations WHERE status = 'failed') - n * interval '1 ms' AS t
					FROM generate_series(1, 300) n) x;
				RETURN OLD;
			END
			$$;
			CREATE TRIGGER more_failures AFTER DELETE ON generations FOR EACH ROW
			WHEN (OLD.recipe_id = 999) EXECUTE FUNCTION more_failures();
			UPDATE generations SET recipe_id = 999 WHERE updated_at = (SELECT min(updated_at) FROM generations)
			""";

	private Run run(Service service, Trigger trigger, @Nullable Long expected) {
		return run(service, Mode.REGULAR, trigger, expected);
	}

	private Run run(Service service, Mode mode, Trigger trigger, @Nullable Long expected) {
		return run(service, mode, trigger, expected, Map.of());
	}

	private Run run(Service service, Mode mode, Trigger trigger, @Nullable Long expected, Map<String, String> options) {
		return service.engine()
			.start(new RunRequest(BacklogCleanup.NAME, mode, trigger, "test", false, options, expected))
			.outcome()
			.join()
			.run();
	}

	private void assertNeedsApproval(Service service, boolean needed) {
		TaskHealth health = service.bean(TaskHealthReader.class)
			.read()
			.stream()
			.filter((task) -> task.task().equals(BacklogCleanup.NAME))
			.findFirst()
			.orElseThrow();
		assertThat(health.needsApproval()).isEqualTo(needed);
		assertThat(health.down()).isEqualTo(needed);
		assertThat(service.bean(RuleAnswers.class)
			.status(service.bean(Rules.class).get(BacklogCleanup.NAME))
			.needsApproval()).isEqualTo(needed);
	}

	@ParameterizedTest
	@EnumSource(value = Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "RESTORE")
	void twoWorkersTogetherRemoveNoMoreThanWasExpected(Mode mode) {
		this.books.fill(500);
		this.jdbc.sql(MORE_ON_THE_WAY).update();
		try (Service service = Service.start(this.database, KEEP_NONE, "retention.run.workers=2",
				"retention.run.batch.min-rows=1", "retention.run.batch.max-rows=20")) {
			Run run = run(service, mode, Trigger.API, 500L);
			assertThat(run.status()).isEqualTo(RunStatus.REFUSED);
			assertThat(run.error()).contains("More rows became due");
			assertThat(run.rowsRemoved()).isBetween(1L, 500L).isEqualTo(800 - this.books.remaining());
			assertNeedsApproval(service, false);
		}
		assertThat(this.jdbc.sql("SELECT amount FROM credit_transactions").query(Long.class).list()).singleElement()
			.isEqualTo(800 - this.books.remaining());
	}

	/** Without a limit, at full speed, and with a count that takes long. */
	@Test
	void aRunThatIsNotApprovedRemovesNothingWhileItCounts() {
		this.books.fill(300);
		try (Service service = Service.start(this.database)) {
			this.jdbc.sql("""
					INSERT INTO retention_task (name, refused_run) VALUES ('backlog-cleanup', gen_random_uuid())
					ON CONFLICT (name) DO UPDATE SET refused_run = excluded.refused_run
					""").update();
			try (Stubborn stubborn = Stubborn.lock(this.database)) {
				RunTicket ticket = service.engine()
					.start(new RunRequest(BacklogCleanup.NAME, Mode.REGULAR, Trigger.SCHEDULE, "test", false,
							Map.of()));
				stubborn.awaitLongWaiting(CountFaultTests.KEPT_IS_KNOWN);
				stubborn.release();
				assertThat(ticket.outcome().join().run().status()).isEqualTo(RunStatus.REFUSED);
			}
			assertThat(this.books.remaining()).isEqualTo(300);
		}
	}

	@Test
	void aRefusedRunWaitsForSomebodyWhoExpectsTheRows() {
		this.books.fill(300);
		try (Service service = Service.start(this.database, KEEP_NONE, "retention.backlog.max-rows=100")) {
			assertThat(run(service, Trigger.API, 299L)).satisfies((run) -> {
				assertThat(run.status()).isEqualTo(RunStatus.REFUSED);
				assertThat(run.error()).startsWith("300 rows are due, more than the 299 expected");
				assertThat(run.expectedRows()).isEqualTo(299);
			});
			assertNeedsApproval(service, false);
			Run refused = run(service, Trigger.SCHEDULE, null);
			assertThat(refused.status()).isEqualTo(RunStatus.REFUSED);
			assertThat(refused.error()).startsWith("300 rows are due, more than retention.backlog.max-rows=100 allows");
			assertThat(refused.rowsDue()).isEqualTo(300);
			assertThat(this.books.remaining()).isEqualTo(300);
			assertThat(service.bean(MeterRegistry.class).get("retention.needs.approval").gauges()).hasSize(2);
			assertNeedsApproval(service, true);
			assertThat(run(service, Trigger.CLI, null).rowsRemoved()).isEqualTo(300);
			this.books.fill(50);
			assertThat(run(service, Trigger.SCHEDULE, null).error())
				.startsWith("The refused run " + refused.id() + " has not been approved yet");
			assertThat(run(service, Trigger.PAGE, 49L).status()).isEqualTo(RunStatus.REFUSED);
			assertNeedsApproval(service, true);
			for (Map<String, String> options : List.of(Map.of("recipeId", "1"), Map.of("failureReason", "outage"),
					Map.of("hours", "87600"))) {
				Run narrowed = run(service, Mode.REGULAR, Trigger.API, 50L, options);
				assertThat(narrowed.status()).as(options.toString()).isEqualTo(RunStatus.SUCCEEDED);
				assertThat(narrowed.laterActions()).isEmpty();
				assertNeedsApproval(service, true);
			}
			this.books.fill((int) (50 - this.books.remaining()));
			Run approving = run(service, Trigger.PAGE, 50L);
			assertThat(approving.rowsRemoved()).isEqualTo(50);
			assertThat(approving.laterActions()).singleElement().satisfies((action) -> {
				assertThat(action.action()).isEqualTo(RunAction.APPROVED);
				assertThat(action.by()).isEqualTo("test (page)");
				assertThat(action.details()).containsEntry("refusedRun", refused.id().toString());
			});
			assertNeedsApproval(service, false);
			this.books.fill(100);
			assertThat(run(service, Trigger.SCHEDULE, null).rowsRemoved()).isEqualTo(100);
		}
		this.books.assertBooked();
	}

	@Test
	void aShareIsOfAllRowsAndTheFunctionInTheDatabaseHoldsToIt() {
		this.books.fill(300);
		this.database.rows().generation().completed().insert(199);
		try (Service service = Service.start(this.database, KEEP_NONE, "retention.backlog.max-share=0.6")) {
			assertThat(cleanInTheDatabase()).isZero();
			Run refused = service.bean(RunHistory.class).last(BacklogCleanup.NAME).orElseThrow();
			assertThat(refused.status()).isEqualTo(RunStatus.REFUSED);
			assertThat(refused.error())
				.startsWith("300 rows are due, more than retention.backlog.max-share=0.6 allows (299 of 499)");
			assertThat(refused.rowsDue()).isEqualTo(300);
			assertThat(refused.actions()).singleElement()
				.satisfies((action) -> assertThat(action.door()).isEqualTo("database"));
			assertNeedsApproval(service, true);
			assertThat(run(service, Trigger.SCHEDULE, null).status()).isEqualTo(RunStatus.REFUSED);
			assertThat(this.books.remaining()).isEqualTo(499);
			assertThat(run(service, Trigger.API, 300L).rowsRemoved()).isEqualTo(300);
			this.books.fill(100);
			assertThat(cleanInTheDatabase()).isEqualTo(100);
		}
		assertThat(this.jdbc.sql("SELECT amount FROM credit_transactions ORDER BY created_at").query(Long.class).list())
			.containsExactly(0L, 0L, 300L, 100L);
	}

	private long cleanInTheDatabase() {
		return this.jdbc.sql("SELECT retention_run_backlog_cleanup()").query(Long.class).single();
	}

}
