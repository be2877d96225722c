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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/** Two instances and two receivers, which fail, hang and come back. */
@ExtendWith(OutputCaptureExtension.class)
class NotificationTests extends OnWebhooks {

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

	@Test
	void withWebhooksTheDoctorTellsThatNothingIsStuck() {
		failedPurge(one);
		await().until(() -> ops.of("run.failed").size() == 1);
		assertThat(one.bean(Doctor.class).examine()).extracting(Finding::title)
			.contains("No notification is stuck")
			.noneMatch((title) -> title.startsWith("No webhook is configured"));
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
