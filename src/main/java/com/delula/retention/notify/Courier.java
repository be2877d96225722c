package com.delula.retention.notify;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

import com.delula.retention.notify.Outbox.Notification;
import com.delula.retention.notify.Sender.Answer;
import com.delula.retention.validation.Setting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.transaction.support.TransactionTemplate;

/** Delivers the notifications of one webhook, one after the other. */
final class Courier {

	private static final Logger log = LoggerFactory.getLogger(Courier.class);

	private static final Duration LONGEST_DELAY = Duration.ofHours(1);

	/** Doubling more often would only overflow. */
	private static final int MOST_DOUBLINGS = 20;

	private static final String GONE = "the receiver answered 410 Gone";

	private final Endpoint endpoint;

	private final Outbox outbox;

	private final WebhookRegister register;

	private final Sender sender;

	private final NotifyMetrics metrics;

	private final TransactionTemplate transaction;

	private final Duration firstDelay;

	Courier(Endpoint endpoint, Outbox outbox, WebhookRegister register, Sender sender, NotifyMetrics metrics,
			TransactionTemplate transaction, Duration firstDelay) {
		this.endpoint = endpoint;
		this.outbox = outbox;
		this.register = register;
		this.sender = sender;
		this.metrics = metrics;
		this.transaction = transaction;
		this.firstDelay = firstDelay;
	}

	/** Delivers what is to be sent now, until there is none left or the service ends. */
	void deliver(BooleanSupplier stopped) {
		while (!stopped.getAsBoolean()) {
			Optional<Notification> next = this.outbox.claim(this.endpoint);
			if (next.isEmpty() || !attempt(next.get())) {
				return;
			}
		}
	}

	/** What is interrupted is sent again when its claim has run out. */
	private boolean attempt(Notification notification) {
		try {
			settle(notification, this.sender.post(this.endpoint, notification.messageId(), notification.body()));
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private void settle(Notification notification, Answer answer) {
		if (answer.delivered()) {
			this.outbox.delivered(notification);
			this.metrics.delivered(this.endpoint);
			return;
		}
		if (answer.gone()) {
			giveUp();
			return;
		}
		Duration delay = delay(notification, answer);
		if (this.outbox.again(notification, answer.text(), delay)) {
			this.metrics.failed(this.endpoint);
			log.error("Webhook {} did not take a {} notification: {}. Giving up after {} attempts",
					this.endpoint.name(), notification.type(), answer.text(), notification.attempts());
			return;
		}
		this.metrics.retried(this.endpoint);
		log.warn("Webhook {} did not take a {} notification: {}. Trying again in {}", this.endpoint.name(),
				notification.type(), answer.text(), Setting.text(Duration.ofSeconds(Math.max(1, delay.toSeconds()))));
	}

	/** As Standard Webhooks asks for: nothing is sent there any more. */
	private void giveUp() {
		this.transaction.executeWithoutResult((tx) -> {
			this.register.gone(this.endpoint);
			this.outbox.giveUp(this.endpoint, GONE);
		});
		this.metrics.failed(this.endpoint);
		log.error("Webhook {} is turned off: {}. Change its address, or turn it on again with: notify test",
				this.endpoint.name(), GONE);
	}

	/** Doubles with each attempt, and differs by a fifth so that not all come at once. */
	private Duration delay(Notification notification, Answer answer) {
		int doublings = Math.min(notification.attempts() - 1, MOST_DOUBLINGS);
		double millis = Math.min(LONGEST_DELAY.toMillis(), this.firstDelay.toMillis() * Math.pow(2, doublings));
		Duration own = Duration.ofMillis((long) (millis * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
		return (own.compareTo(answer.retryAfter()) > 0) ? own : answer.retryAfter();
	}

}
