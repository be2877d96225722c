package com.delula.retention.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.delula.retention.backlog.BacklogCleanup;
import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import com.delula.retention.run.engine.RunTicket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A run whose count takes too long, or has to be made again. */
class CountFaultTests extends OnOwnDatabase {

	/** A run's own count; those for metrics look up what is kept by themselves. */
	static final String KEPT_IS_KNOWN = "WITH kept AS MATERIALIZED (SELECT w.grp";

	@ParameterizedTest
	@EnumSource(value = Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "RESTORE")
	void countThatTakesTooLongDoesNotEatTheRun(Mode mode) {
		this.books.fill(500);
		try (Service service = Service.start(this.database, "retention.run.max-duration=20s");
				Stubborn stubborn = Stubborn.lock(this.database)) {
			RunTicket ticket = service.begin(mode);
			stubborn.awaitWaiting("WITH gone AS (DELETE");
			stubborn.awaitNotWaiting(count(mode));
			stubborn.release();
			Run run = ticket.outcome().join().run();
			assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
			assertThat(run.rowsDue()).isNull();
			assertThat(run.rowsRemoved()).isEqualTo((mode == Mode.REGULAR) ? 450 : 500);
			assertThat(run.note()).contains("not counted");
		}
		this.books.assertBooked();
	}

	@Test
	void aRunWithALimitRemovesNothingUncounted() {
		this.books.fill(500);
		try (Service service = Service.start(this.database, "retention.run.max-duration=2s");
				Stubborn stubborn = Stubborn.lock(this.database)) {
			Run run = service.engine()
				.start(new RunRequest(BacklogCleanup.NAME, Mode.EMERGENCY, Trigger.API, "test", false, Map.of(), 500L))
				.outcome()
				.join()
				.run();
			stubborn.release();
			assertThat(run.status()).isEqualTo(RunStatus.REFUSED);
			assertThat(run.error()).startsWith("The due rows could not be counted within 1s");
			assertThat(this.books.remaining()).isEqualTo(500);
		}
		this.books.assertBooked();
	}

	/** The walk's end was fixed by the first try. */
	@ParameterizedTest
	@EnumSource(value = Mode.class, mode = EnumSource.Mode.EXCLUDE, names = "RESTORE")
	void rowsThatFailBetweenTwoTriesOfTheCountStay(Mode mode) {
		this.books.fill(500);
		try (Service service = Service.start(this.database); Stubborn stubborn = Stubborn.lock(this.database)) {
			RunTicket ticket = service.begin(mode);
			stubborn.awaitWaiting(count(mode));
			List<Long> later = new ArrayList<>(this.database.rows().generation().failed().recipe(1).insert(20));
			later.add(this.database.rows().generation().failed().recipe(1).withoutTimes().insert());
			stubborn.terminateWaiting();
			stubborn.release();
			Run run = ticket.outcome().join().run();
			assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
			assertThat(run.rowsRemoved()).isEqualTo((mode == Mode.REGULAR) ? 450 : 500);
			assertThat(this.database.rows().generationIds()).containsAll(later)
				.hasSize(later.size() + ((mode == Mode.REGULAR) ? 50 : 0));
		}
	}

	private static String count(Mode mode) {
		return (mode == Mode.REGULAR) ? KEPT_IS_KNOWN : "SELECT CAST(r.grp";
	}

}
