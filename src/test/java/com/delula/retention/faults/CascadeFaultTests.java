package com.delula.retention.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.delula.retention.run.Mode;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunStatus;
import com.delula.retention.run.Trigger;
import com.delula.retention.support.OtherSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Foreign keys that delete rows together with those that they refer to. */
class CascadeFaultTests extends OnOwnDatabase {

	private static final String[] FAMILY = { "retention.rules.family.tables[0].table=child",
			"retention.rules.family.tables[0].time=at", "retention.rules.family.tables[1].table=parent",
			"retention.rules.family.tables[1].time=at", "retention.rules.family.max-age=1d",
			"retention.rules.family.narrow-by=owner" };

	private void createFamily() {
		this.jdbc.sql("CREATE TABLE parent (id integer PRIMARY KEY, owner text, at timestamptz NOT NULL)").update();
		this.jdbc
			.sql("CREATE TABLE child (id integer PRIMARY KEY, parent integer, owner text, at timestamptz NOT NULL)")
			.update();
		this.jdbc.sql("INSERT INTO parent SELECT n, 'a', now() - interval '3 days' FROM generate_series(1, 200) n")
			.update();
	}

	private static Run run(Service service, String rule, boolean dryRun, Map<String, String> options) {
		return service.engine()
			.start(new RunRequest(rule, Mode.REGULAR, Trigger.API, "test", dryRun, options))
			.outcome()
			.join()
			.run();
	}

	private List<Integer> ids(String table) {
		return this.jdbc.sql("SELECT id FROM " + table + " ORDER BY id").query(Integer.class).list();
	}

	/** The functions were written before there was a foreign key. */
	@Test
	void functionKeepsWhatAForeignKeyTiesSinceTheStart() {
		createFamily();
		this.jdbc.sql("INSERT INTO child VALUES (1, 7, 'a', now())").update();
		try (Service service = Service.start(this.database, FAMILY)) {
			assertThat(service.engine().isRunning()).isTrue();
			this.jdbc.sql("ALTER TABLE child ADD FOREIGN KEY (parent) REFERENCES parent ON DELETE CASCADE").update();
			long removed = this.jdbc.sql("SELECT retention_run_family()").query(Long.class).single();
			assertThat(removed).isEqualTo(199);
			assertThat(ids("parent")).containsExactly(7);
			assertThat(ids("child")).containsExactly(1);
		}
	}

	@Test
	void rowStaysWhileARowOfItsOwnTableRefersToIt() {
		this.jdbc.sql("""
				CREATE TABLE node (id integer PRIMARY KEY, up integer REFERENCES node ON DELETE CASCADE,
					at timestamptz NOT NULL)
				""").update();
		this.jdbc.sql("""
				INSERT INTO node VALUES (1, NULL, now() - interval '3 days'), (2, 1, now()),
					(3, NULL, now() - interval '3 days')
				""").update();
		try (Service service = Service.start(this.database, "retention.rules.nodes.tables[0].table=node",
				"retention.rules.nodes.tables[0].time=at", "retention.rules.nodes.max-age=1d")) {
			Run run = run(service, "nodes", false, Map.of());
			assertThat(run.rowsRemoved()).isEqualTo(1);
			assertThat(run.rowsKeptReferenced()).isEqualTo(1);
			assertThat(ids("node")).containsExactly(1, 2);
		}
	}

	/**
	 * The rows of a batch are locked first, those alone that do not stay as the newest.
	 */
	@Test
	void newestStayWhereRowsWouldGoWithThoseThatTheyReferTo() {
		this.jdbc.sql("""
				CREATE TABLE node (id integer PRIMARY KEY, up integer REFERENCES node ON DELETE CASCADE,
					owner text, at timestamptz NOT NULL)
				""").update();
		this.jdbc.sql("""
				INSERT INTO node SELECT n, NULL, CASE WHEN n % 2 = 0 THEN 'a' END, now() - interval '3 days'
				FROM generate_series(1, 20) n
				""").update();
		try (Service service = Service.start(this.database, "retention.rules.nodes.tables[0].table=node",
				"retention.rules.nodes.tables[0].time=at", "retention.rules.nodes.max-age=1d",
				"retention.rules.nodes.keep-newest=2", "retention.rules.nodes.per=owner")) {
			assertThat(run(service, "nodes", false, Map.of()).rowsRemoved()).isEqualTo(16);
			assertThat(ids("node")).containsExactly(17, 18, 19, 20);
		}
	}

	/** By a foreign key of several columns, or of the table itself. */
	@Test
	void rowThatArrivesDuringTheBatchIsNotDeletedUnseen() {
		createFamily();
		for (String sql : List.of("ALTER TABLE parent ADD UNIQUE (id, owner)", """
				ALTER TABLE child ADD FOREIGN KEY (parent, owner) REFERENCES parent (id, owner) ON DELETE CASCADE
				""", """
				CREATE TABLE node (id integer PRIMARY KEY, up integer REFERENCES node ON DELETE CASCADE,
					at timestamptz NOT NULL)
				""", "INSERT INTO node SELECT n, NULL, now() - interval '3 days' FROM generate_series(1, 3) n")) {
			this.jdbc.sql(sql).update();
		}
		List<String> rules = new ArrayList<>(List.of(FAMILY));
		rules.addAll(List.of("retention.rules.nodes.tables[0].table=node", "retention.rules.nodes.tables[0].time=at",
				"retention.rules.nodes.max-age=1d"));
		try (Service service = Service.start(this.database, rules.toArray(String[]::new))) {
			assertKept(service, "family", "INSERT INTO child VALUES (1, 7, 'a', now())");
			assertThat(ids("parent")).containsExactly(7);
			assertThat(ids("child")).containsExactly(1);
			assertKept(service, "nodes", "INSERT INTO node VALUES (9, 2, now())");
			assertThat(ids("node")).containsExactly(2, 9);
		}
	}

	private void assertKept(Service service, String rule, String arrives) {
		try (OtherSession other = OtherSession.begin(this.database)) {
			other.sql(arrives);
			CompletableFuture<Run> run = CompletableFuture.supplyAsync(() -> run(service, rule, false, Map.of()));
			other.awaitBlocked().commit();
			assertThat(run.join().rowsKeptReferenced()).isEqualTo(1);
		}
	}

	/** No row of the rule's own is held, but one that would go with it. */
	@Test
	@Tag("slow")
	void heldRowThatWouldGoTooKeepsNoOtherRow() {
		createFamily();
		this.jdbc.sql("""
				CREATE TABLE outside (id integer PRIMARY KEY, parent integer REFERENCES parent ON DELETE CASCADE)
				""").update();
		this.jdbc.sql("INSERT INTO outside VALUES (1, 7)").update();
		try (Service service = Service.start(this.database, FAMILY);
				OtherSession holder = OtherSession.begin(this.database)) {
			holder.sql("SELECT FROM outside FOR UPDATE");
			Run run = run(service, "family", false, Map.of());
			assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
			assertThat(run.rowsRemoved()).isEqualTo(199);
			assertThat(run.rowsLeftLocked()).isEqualTo(1);
			assertThat(ids("parent")).containsExactly(7);
		}
	}

	@Test
	void dryRunThatIsNarrowedSaysWhatTheRunDoes() {
		createFamily();
		this.jdbc.sql("ALTER TABLE child ADD FOREIGN KEY (parent) REFERENCES parent").update();
		this.jdbc.sql("INSERT INTO child VALUES (1, 7, 'b', now() - interval '3 days')").update();
		try (Service service = Service.start(this.database, FAMILY)) {
			Run dry = run(service, "family", true, Map.of("owner", "a"));
			assertThat(dry.rowsDue()).isEqualTo(199);
			Run run = run(service, "family", false, Map.of("owner", "a"));
			assertThat(run.rowsRemoved()).isEqualTo(199);
			assertThat(ids("parent")).containsExactly(7);
		}
	}

}
