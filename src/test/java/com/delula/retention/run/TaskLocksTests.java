package com.delula.retention.run;

import com.delula.retention.run.lock.TaskLease;
import com.delula.retention.run.lock.TaskLocks;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Leases of one process are told apart. */
class TaskLocksTests {

	private static final String LAPSE = """
			UPDATE retention_lock SET lock_until = now() AT TIME ZONE 'UTC' - interval '1 second' WHERE name = 'job-purge'
			""";

	@Test
	void aLeaseThatHasLapsedDoesNotRenewTheNextOne() {
		try (TestDatabase database = TestDatabase.started(); Service service = Service.startWithoutWeb(database)) {
			TaskLocks locks = service.bean(TaskLocks.class);
			TaskLease first = locks.acquire("job-purge").orElseThrow();
			assertThat(first.renew()).isTrue();
			database.jdbc().sql(LAPSE).update();
			assertThat(first.renew()).as("nobody has taken it").isTrue();
			database.jdbc().sql(LAPSE).update();
			TaskLease second = locks.acquire("job-purge").orElseThrow();
			assertThat(first.renew()).isFalse();
			assertThat(second.renew()).isTrue();
		}
	}

}
