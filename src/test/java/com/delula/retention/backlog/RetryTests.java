package com.delula.retention.backlog;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import com.delula.retention.support.Answer;
import com.delula.retention.support.Api;
import com.delula.retention.support.OnBothInstallations;
import com.delula.retention.support.OtherSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What changes while a run is under way is left alone. The run is held up at a row that
 * somebody else has locked, so that the order of events is certain.
 */
@Tag("core")
class RetryTests extends OnBothInstallations {

	private static final Duration OLD = Duration.ofDays(3);

	private static final String FAILED_NOW = "status = 'failed', updated_at = now() AT TIME ZONE 'UTC'";

	/** Old failures, of which the first are due by either rule. */
	private List<Long> failures() {
		return this.rows.generation().failed().recipe(16).age(OLD).insert(20);
	}

	private static String set(long id, String assignments) {
		return "UPDATE generations SET %s WHERE id = %d".formatted(assignments, id);
	}

	@ParameterizedTest
	@ValueSource(strings = { Api.RUN, Api.EMERGENCY })
	void aRetryStays(String path) {
		long retried = failures().get(0);
		try (OtherSession other = OtherSession.begin(this.service.database())) {
			other.sql(set(retried, "status = 'pending'"));
			CompletableFuture<Answer> answer = this.api.begin(path);
			other.awaitBlocked().commit();
			answer.join().ok();
		}
		assertThat(this.rows.generationIds()).contains(retried);
	}

	/** Its time is that of the new failure, which sorts behind the end of the walk. */
	@ParameterizedTest
	@ValueSource(strings = { Api.RUN, Api.EMERGENCY })
	void aRetryThatFailsAgainStays(String path) {
		List<Long> ids = failures();
		try (OtherSession holder = OtherSession.begin(this.service.database());
				OtherSession other = OtherSession.begin(this.service.database())) {
			holder.sql("SELECT FROM generations WHERE id = " + ids.get(0) + " FOR UPDATE");
			CompletableFuture<Answer> answer = this.api.begin(path);
			holder.awaitBlocked();
			other.sql(set(ids.get(5), "status = 'pending'")).commit();
			other.sql(set(ids.get(5), FAILED_NOW)).commit();
			holder.commit();
			answer.join().ok();
		}
		assertThat(this.rows.generationIds()).contains(ids.get(5)).doesNotContain(ids.get(0), ids.get(4));
	}

	@ParameterizedTest
	@ValueSource(strings = { Api.RUN, Api.EMERGENCY })
	void whatFailsLaterStays(String path) {
		List<Long> ids = failures();
		List<Long> pending = this.rows.generation().pending().recipe(16).age(OLD.plusHours(1)).insert(3);
		List<Long> later;
		try (OtherSession holder = OtherSession.begin(this.service.database());
				OtherSession other = OtherSession.begin(this.service.database())) {
			holder.sql("SELECT FROM generations WHERE id = " + ids.get(0) + " FOR UPDATE");
			CompletableFuture<Answer> answer = this.api.begin(path);
			holder.awaitBlocked();
			later = this.rows.generation().failed().recipe(16).insert(3);
			pending.forEach((id) -> other.sql(set(id, FAILED_NOW)).commit());
			holder.commit();
			answer.join().ok();
		}
		assertThat(this.rows.generationIds()).containsAll(pending).containsAll(later).doesNotContain(ids.get(0));
	}

	@ParameterizedTest
	@ValueSource(strings = { Api.RUN, Api.EMERGENCY })
	void whatAnOpenTransactionHasFailedInASavepointStays(String path) {
		List<Long> ids = failures();
		long pending = this.rows.generation().pending().recipe(16).age(OLD.plusHours(1)).insert();
		try (OtherSession holder = OtherSession.begin(this.service.database());
				OtherSession open = OtherSession.begin(this.service.database())) {
			open.sql("SELECT pg_current_xact_id()").sql("SAVEPOINT a").sql(set(pending, FAILED_NOW));
			open.sql("RELEASE SAVEPOINT a");
			this.rows.recipe().name("a later transaction").insert();
			holder.sql("SELECT FROM generations WHERE id = " + ids.get(0) + " FOR UPDATE");
			CompletableFuture<Answer> answer = this.api.begin(path);
			holder.awaitBlocked();
			open.commit();
			holder.commit();
			answer.join().ok();
		}
		assertThat(this.rows.generationIds()).contains(pending).doesNotContain(ids.get(0));
	}

	@ParameterizedTest
	@ValueSource(strings = { Api.RUN, Api.EMERGENCY })
	void aRowThatSomebodyLooksAtIsWaitedFor(String path) {
		List<Long> ids = failures();
		try (OtherSession holder = OtherSession.begin(this.service.database())) {
			holder.sql("SELECT FROM generations WHERE id = " + ids.get(0) + " FOR UPDATE");
			CompletableFuture<Answer> answer = this.api.begin(path);
			holder.awaitBlocked().commit();
			answer.join().ok();
		}
		assertThat(this.rows.generationIds()).doesNotContain(ids.get(0)).hasSize(path.equals(Api.RUN) ? 10 : 0);
	}

}
