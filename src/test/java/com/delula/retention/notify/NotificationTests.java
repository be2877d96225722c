package com.delula.retention.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.cli.CommandLineRunner;
import com.delula.retention.doctor.Doctor;
import com.delula.retention.doctor.Finding;
import com.delula.retention.doctor.Severity;
import com.delula.retention.notify.Receiver.Message;
import com.delula.retention.support.Api;
import com.delula.retention.support.Service;
import com.delula.retention.support.TestDatabase;
import com.delula.retention.support.TestDatabase.Installation;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances and two receivers, which fail, hang and come back. */
@ExtendWith(OutputCaptureExtension.class)
class NotificationTests {

	private static TestDatabase database;

	private static JdbcClient jdbc;

	/** Takes everything. */
	private static Receiver ops;

	/** Takes what is about runs. */
	private static Receiver chat;

	private static Service one;

	private static Service two;

	@BeforeAll
	static void start() {
		database = TestDatabase.create(Installation.EXISTING);
		jdbc = database.jdbc();
		ops = Receiver.start("0123456789abcdef01234567");
		chat = Receiver.start("fedcba9876543210fedcba9876543210");
		one = instance();
		two = instance();
	}

	private static Service instance() {
		return Service.start(database, settings().stream().map((setting) -> "--" + setting).toArray(String[]::new));
	}

	private static List<String> settings() {
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

	private static ConditionFactory await() {
		return Awaitility.await().atMost(Duration.ofSeconds(30));
	}

	private static long count(String condition) {
		return jdbc.sql("SELECT count(*) FROM retention_notification WHERE " + condition).query(Long.class).single();
	}

	/** A purge that the database refuses; answers its id. */
	private static String failedPurge(Service service) {
		database.rows().job().completed().age(Duration.ofDays(9)).insert();
		jdbc.sql("""
				CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
				AS $$ BEGIN RAISE EXCEPTION 'not <!channel> now'; END $$;
				CREATE OR REPLACE TRIGGER refuse BEFORE DELETE ON jobs FOR EACH ROW EXECUTE FUNCTION refuse();
				""").update();
		return service.api().post(Api.PURGE).problem(500).get("runId").stringValue();
	}

	@Test
	void aFailedRunIsToldOnceOverBothAndSigned(CapturedOutput output) {
		String run = failedPurge(one);
		await().until(() -> count("type = 'run.failed' AND state = 'delivered'") == 2);
		Message message = single(ops.of("run.failed"));
		assertThat(message.signature()).isEqualTo(message.expectedSignature());
		assertThat(Instant.ofEpochSecond(Long.parseLong(message.timestamp()))).isBetween(Instant.now().minusSeconds(60),
				Instant.now().plusSeconds(60));
		JsonNode body = message.json();
		assertThat(Instant.parse(body.get("timestamp").stringValue())).isBefore(Instant.now().plusSeconds(60));
		assertThat(body.get("text").stringValue()).startsWith("Purge failed: ")
			.contains(run, "0 of 1 due rows removed", "started by admin (api)");
		assertThat(body.get("data").get("id").stringValue()).isEqualTo(run);
		assertThat(body.get("data").get("task").stringValue()).isEqualTo("job-purge");
		assertThat(body.get("data").get("status").stringValue()).isEqualTo("failed");
		single(chat.of("run.failed"));
		assertThat(output.getAll()).doesNotContain("TOPSECRETPATH").doesNotContain("whsec_");
	}

	private static Message single(List<Message> messages) {
		assertThat(messages).hasSize(1);
		return messages.get(0);
	}

	@Test
	void aReceiverThatHangsHoldsNobodyElseAndIsTriedAgain() {
		chat.answer(500);
		chat.hang();
		failedPurge(two);
		await().until(() -> ops.of("run.failed").size() == 1);
		await().until(() -> chat.of("run.failed").size() >= 2);
		chat.comeBack();
		await().until(() -> chat.of("run.failed").size() >= 4);
		chat.answer(200);
		await().until(() -> count("webhook = 'chat' AND state = 'delivered'") == 1);
		List<Message> attempts = chat.of("run.failed");
		assertThat(attempts).extracting(Message::id).containsOnly(attempts.get(0).id());
		assertThat(attempts).allSatisfy((sent) -> assertThat(sent.signature()).isEqualTo(sent.expectedSignature()));
		assertThat(attempts).filteredOn((sent) -> sent.answered() == 200).hasSize(1);
		assertThat(ops.of("run.failed")).hasSize(1);
	}

	/** As after a kill: nobody who has webhooks knew of the end when it was recorded. */
	@Test
	void aRunThatWasClosedByAnInstanceThatIsGoneIsTold() {
		try (Service without = Service.start(database)) {
			failedPurge(without);
		}
		await().until(() -> count("type = 'run.failed' AND state = 'delivered'") == 2);
		single(ops.of("run.failed"));
	}

	@Test
	void aTaskThatIsOverdueAndOneThatHasRecoveredAreToldOnce() {
		jdbc.sql("UPDATE retention_task SET first_seen_at = now() - interval '9 days' WHERE name = 'backlog-cleanup'")
			.update();
		await().until(() -> ops.of("task.overdue").size() == 1);
		assertThat(ops.of("task.overdue").get(0).json().get("text").stringValue())
			.startsWith("Backlog cleanup is overdue. It has never succeeded");
		two.api().post(Api.RUN).ok();
		await().until(() -> ops.of("task.recovered").size() >= 1);
		await().until(() -> count("state = 'pending'") == 0);
		assertThat(count("webhook = 'ops' AND type = 'task.overdue'")).isOne();
		single(ops.of("task.recovered"));
		assertThat(chat.of("task.overdue")).isEmpty();
	}

	@Test
	void aThresholdOfDueRowsIsToldWhenItIsPassedAndAgainAfterItFell() {
		for (int round = 1; round <= 2; round++) {
			database.rows().job().completed().age(Duration.ofDays(9)).insertIds(6);
			one.api().post(Api.PURGE + "?hours=9999").ok();
			int rounds = round;
			await().until(() -> ops.of("rows.due").size() == rounds);
			one.api().post(Api.PURGE).ok();
			await().until(() -> !active("due-rows"));
		}
		await().until(() -> !active("down"));
		assertThat(ops.of("rows.due").get(0).json().get("data").get("rowsDue").longValue()).isEqualTo(6);
	}

	private static boolean active(String kind) {
		return jdbc.sql("SELECT active FROM retention_alarm WHERE task = 'job-purge' AND kind = :kind")
			.param("kind", kind)
			.query(Boolean.class)
			.single();
	}

	@Test
	void whatCouldNotBeDeliveredIsOnTheDoctorsListAndAMetric() {
		ops.answer(302);
		failedPurge(one);
		await().until(() -> ops.of("run.failed").size() >= 3);
		assertThat(found()).singleElement()
			.asString()
			.contains("1 notification to webhook ops waiting after up to", "HTTP 302 (redirects are not followed)");
		jdbc.sql("UPDATE retention_notification SET created_at = now() - interval '2 days' WHERE state = 'pending'")
			.update();
		await().until(() -> count("state = 'failed'") == 1);
		assertThat(found()).containsExactly(
				"1 notification to webhook ops could not be delivered: HTTP 302 (redirects are not followed)");
		await().until(
				() -> one.api().get("/actuator/prometheus").text().contains("retention_notifications_undelivered 1.0"));
	}

	private static List<String> found() {
		return one.bean(Doctor.class)
			.examine()
			.stream()
			.filter((finding) -> finding.id().equals("notification") && finding.severity() != Severity.OK)
			.map(Finding::title)
			.toList();
	}

	@Test
	void aReceiverThatIsGoneIsLeftAloneUntilATestReachesIt() {
		ops.answer(410);
		failedPurge(one);
		await().until(() -> count("webhook = 'ops' AND state = 'failed'") == 1);
		assertThat(found()).contains("Webhook ops is turned off: its receiver answered 410 Gone");
		ops.answer(204);
		ops.clear();
		failedPurge(two);
		await().until(() -> chat.of("run.failed").size() == 2);
		assertThat(ops.of("run.failed")).isEmpty();
		CommandLineRunner cli = cli();
		chat.answer(500);
		assertThat(cli.run("notify", "test")).isEqualTo(1);
		assertThat(cli.out()).containsPattern("ops +http://127.0.0.1:\\d+ +yes +HTTP 204, turned on again")
			.containsPattern("chat +http://127.0.0.1:\\d+ +no +HTTP 500")
			.doesNotContain("TOPSECRETPATH");
		Message test = single(ops.of("notification.test"));
		assertThat(test.signature()).isEqualTo(test.expectedSignature());
		chat.answer(200);
		assertThat(cli.run("notify", "test", "--json")).isZero();
		assertThat(cli.out()).contains("\"success\" : true", "\"webhook\" : \"ops\"");
		failedPurge(two);
		await().until(() -> ops.of("run.failed").size() == 1);
	}

	private static CommandLineRunner cli() {
		List<String> all = new ArrayList<>(database.properties());
		all.addAll(settings());
		return new CommandLineRunner(all);
	}

}
