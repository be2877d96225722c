package com.delula.retention.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunStatus;
import com.delula.retention.support.OtherSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Walks that are long enough to be cut up by a sample of the table's pages, whose rows
 * lie in the order of time as they do on a platform.
 */
class WalkTests extends OnOwnDatabase {

	private static final int ROWS = 60_000;

	@Test
	void everyRowGoesOnceWhateverTheSizeOfBatches() {
		for (String rows : new String[] { "100", "2500", "25000" }) {
			this.books.fill(ROWS);
			try (Service service = start(rows)) {
				Run run = service.run(Mode.EMERGENCY).run();
				assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
				assertThat(run.rowsRemoved()).isEqualTo(ROWS);
			}
			this.books.assertBooked();
			assertThat(this.books.remaining()).isZero();
		}
	}

	@Test
	void protectedRowsAreCountedOnce() {
		this.books.fill(ROWS);
		this.jdbc.sql("CREATE TABLE third AS SELECT id AS protected FROM generations WHERE id % 7000 = 1").update();
		this.jdbc.sql("ALTER TABLE third ADD FOREIGN KEY (protected) REFERENCES generations (id)").update();
		this.jdbc.sql("CREATE INDEX ON third (protected)").update();
		try (Service service = start("25000")) {
			Run run = service.run(Mode.EMERGENCY).run();
			assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
			assertThat(run.rowsKeptReferenced()).isEqualTo(9);
			assertThat(run.rowsRemoved()).isEqualTo(ROWS - 9);
		}
		this.books.assertBooked();
	}

	/**
	 * As where the service's role may not look into the table that refers to the rows.
	 */
	@Test
	void rowsThatOnlyTheDatabaseProtectsAreFoundBySearching() {
		this.books.fill(ROWS);
		this.jdbc.sql("""
				CREATE FUNCTION protect() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN
					RAISE foreign_key_violation;
				END $$
				""").update();
		this.jdbc.sql("""
				CREATE TRIGGER protect BEFORE DELETE ON generations FOR EACH ROW WHEN (OLD.id % 20000 = 19999)
				EXECUTE FUNCTION protect()
				""").update();
		try (Service service = start("25000")) {
			Run run = service.run(Mode.EMERGENCY).run();
			assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
			assertThat(run.rowsKeptReferenced()).isEqualTo(3);
			assertThat(run.rowsRemoved()).isEqualTo(ROWS - 3);
		}
		this.books.assertBooked();
	}

	@Test
	@Tag("slow")
	void rowThatIsHeldKeepsNoOtherRow() {
		this.books.fill(ROWS);
		try (Service service = start("25000");
				OtherSession holder = OtherSession.begin(this.database)
					.sql("SELECT FROM generations WHERE id = 31234 FOR UPDATE")) {
			Run run = service.run(Mode.EMERGENCY).run();
			assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
			assertThat(run.rowsRemoved()).isEqualTo(ROWS - 1);
			assertThat(run.rowsLeftLocked()).isEqualTo(1);
			holder.commit();
		}
		this.books.assertBooked();
	}

	private Service start(String maxRows) {
		return Service.start(this.database, "retention.run.batch.max-rows=" + maxRows,
				"retention.run.batch.min-rows=100", "retention.run.retry-for=2s");
	}

}
