package com.delula.retention.notify;

import java.time.Duration;
import java.util.List;

import com.delula.retention.notify.Receiver.Message;
import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances on one database, and two receivers of what they have to tell. */
abstract class OnWebhooks {

	static TestDatabase database;

	static JdbcClient jdbc;

	/** Takes everything. */
	static Receiver ops;

	/** Takes what is about runs. */
	static Receiver chat;

	static Service one;

	static Service two;

	@BeforeAll
	static void start() {
		database = TestDatabase.started();
		jdbc = database.jdbc();
		ops = Receiver.start("0123456789abcdef01234567");
		chat = Receiver.start("fedcba9876543210fedcba9876543210");
		one = instance();
		two = instance();
	}

	private static Service instance() {
		return Service.start(database, settings().stream().map((setting) -> "--" + setting).toArray(String[]::new));
	}

	static List<String> settings() {
		return List.of("retention.notify.webhooks[0].name=ops", "retention.notify.webhooks[0].url=" + ops.url(),
				"retention.notify.webhooks[0].secret=" + ops.secret(), "retention.notify.webhooks[1].name=chat",
				"retention.notify.webhooks[1].url=" + chat.url(),
				"retention.notify.webhooks[1].secret=" + chat.secret(),
				"retention.notify.webhooks[1].events=run.failed,run.timed_out", "retention.notify.check-interval=1s",
				"retention.notify.retry-delay=100ms", "retention.notify.timeout=1s",
				"retention.notify.due-rows-of.job-purge=5", "retention.run.duty-cycle=1",
				"retention.backlog.cron=0 2 * * *");
	}

	@AfterAll
	static void end() {
		ops.close();
		chat.close();
		one.close();
		two.close();
		database.close();
	}

	@AfterEach
	void comeBack() {
		for (Receiver receiver : List.of(ops, chat)) {
			receiver.answer(204);
			receiver.comeBack();
		}
		jdbc.sql("DROP FUNCTION IF EXISTS refuse CASCADE").update();
		await().until(() -> count("state = 'pending'") == 0);
		database.rows().clear();
		jdbc.sql("UPDATE retention_webhook SET gone_at = NULL, since = clock_timestamp()").update();
		jdbc.sql("DELETE FROM retention_notification").update();
		ops.clear();
		chat.clear();
	}

	static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

	static long count(String condition) {
		return jdbc.sql("SELECT count(*) FROM retention_notification WHERE " + condition).query(Long.class).single();
	}

	/** A purge that the database refuses; answers its id. */
	static String failedPurge(Service service) {
		database.rows().job().completed().age(Duration.ofDays(9)).insert();
		jdbc.sql("""
				CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
				AS $$ BEGIN RAISE EXCEPTION 'not <!channel> now'; END $$;
				CREATE OR REPLACE TRIGGER refuse BEFORE DELETE ON jobs FOR EACH ROW EXECUTE FUNCTION refuse();
				""").update();
		return service.api().post(Api.PURGE).problem(500).get("runId").stringValue();
	}

	static Message single(List<Message> messages) {
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

}
