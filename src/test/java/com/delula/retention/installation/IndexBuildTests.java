package com.delula.retention.installation;

import java.time.Duration;

import com.delula.retention.support.Api;
import com.delula.retention.support.OtherSession;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Indexes are built in the background, beside whoever writes to their tables. */
@ExtendWith(OutputCaptureExtension.class)
class IndexBuildTests {

	/** Of six; one is served by an index of the platform. */
	private static final int BUILT = 5;

	private static final String VALID = """
			SELECT count(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
			WHERE i.indisvalid AND c.relname ~ '^retention_(generations|jobs|upscale_jobs)_'
			""";

	private static long valid(TestDatabase database) {
		return database.jdbc().sql(VALID).query(Long.class).single();
	}

	/** A build waits for this transaction. */
	private static OtherSession writer(TestDatabase database) {
		return OtherSession.begin(database).sql("UPDATE generations SET status = status");
	}

	@Test
	void theServiceIsReadyBeforeThemAndARunSaysWhatIsMissing(CapturedOutput output) {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			database.rows().generation().failed().recipe(16).age(Duration.ofDays(3)).insert(12);
			try (OtherSession writer = writer(database); Service service = Service.start(database)) {
				writer.awaitBlocked();
				assertThat(service.api().post(Api.RUN + "?dryRun=true").ok().get("cleanedUpGenerations").intValue())
					.isEqualTo(2);
				assertThat(output.getAll()).containsPattern("WARN.*works without retention_generations_rank_idx");
				assertThat(valid(database)).isLessThan(BUILT);
				writer.commit();
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> valid(database) == BUILT);
				Awaitility.await()
					.until(() -> output.getAll()
						.contains("Index retention_upscale_jobs_source_idx on upscale_jobs built in"));
			}
		}
	}

	@Test
	void aBuildEndsWithTheServiceAndIsDoneAnew(CapturedOutput output) {
		try (TestDatabase database = TestDatabase.create(Installation.EXISTING)) {
			database.rows().generation().failed().age(Duration.ofDays(3)).insert(12);
			try (OtherSession writer = writer(database)) {
				Service service = Service.startWithoutWeb(database);
				writer.awaitBlocked();
				long since = System.nanoTime();
				service.close();
				assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(8));
				assertThat(output.getAll()).contains("ends with the service").doesNotContain("cannot be built");
				assertThat(database.jdbc()
					.sql("SELECT count(*) FROM retention_lock WHERE name = 'index-build'")
					.query(Long.class)
					.single()).isZero();
			}
			try (Service service = Service.startWithoutWeb(database)) {
				Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> valid(database) == BUILT);
			}
			assertThat(database.jdbc()
				.sql("SELECT count(*) FROM pg_index WHERE NOT indisvalid")
				.query(Long.class)
				.single()).isZero();
		}
	}

}
