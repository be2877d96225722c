package com.delula.retention.faults;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

import com.delula.retention.notify.Receiver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a notification when the instance that is to send it is killed. */
@Tag("slow")
class NotificationFaultTests extends OnOwnDatabase {

	private static final String RUN = "/api/admin/backlog-cleanup/run";

	private final Receiver receiver = Receiver.start("0123456789abcdef01234567");

	@BeforeEach
	void runsFail() {
		this.books.fill(1_000);
		this.jdbc.sql("""
				CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
				AS $$ BEGIN RAISE EXCEPTION 'not now'; END $$;
				CREATE TRIGGER refuse BEFORE DELETE ON generations FOR EACH ROW EXECUTE FUNCTION refuse();
				""").update();
	}

	@AfterEach
	void end() {
		this.receiver.close();
	}

	private ServiceProcess start() {
		return ServiceProcess.start(this.database, "retention.notify.webhooks[0].url=" + this.receiver.url(),
				"retention.notify.webhooks[0].secret=" + this.receiver.secret(), "retention.notify.timeout=1s",
				"retention.notify.check-interval=1s");
	}

	@Test
	void killedRightAfterTheRunWasClosed() {
		UUID run = failAndKill(() -> true);
		assertThat(delivered(run)).isPositive();
	}

	@Test
	void killedWhileItIsSent() {
		this.receiver.hang();
		UUID run = failAndKill(() -> !this.receiver.of("run.failed").isEmpty());
		this.receiver.comeBack();
		assertThat(delivered(run)).isGreaterThan(1);
	}

	/**
	 * Fails a run and kills its instance once that is recorded and the condition holds.
	 */
	private UUID failAndKill(BooleanSupplier condition) {
		try (ServiceProcess victim = start().ready()) {
			UUID run = victim.begin(RUN);
			Await.until("the run has failed", PATIENCE,
					() -> this.books.status(run).equals("failed") && condition.getAsBoolean());
			victim.kill();
			return run;
		}
	}

	/** How often it was sent until it was delivered by the next instance. */
	private int delivered(UUID run) {
		try (ServiceProcess next = start().ready()) {
			Await.until("the notification is delivered", Duration.ofSeconds(60),
					() -> this.jdbc.sql("SELECT count(*) FROM retention_notification WHERE state = 'delivered'")
						.query(Long.class)
						.single() == 1);
		}
		assertThat(this.receiver.of("run.failed")).allSatisfy((message) -> {
			assertThat(message.json().get("data").get("id").stringValue()).isEqualTo(run.toString());
			assertThat(message.id()).isEqualTo(this.receiver.of("run.failed").get(0).id());
			assertThat(message.signature()).isEqualTo(message.expectedSignature());
		});
		return this.receiver.of("run.failed").size();
	}

}
