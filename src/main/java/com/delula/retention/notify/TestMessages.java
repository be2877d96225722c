package com.delula.retention.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.delula.retention.notify.Sender.Answer;
import org.jspecify.annotations.Nullable;

/** Sends a test message to each webhook, at once and only once. */
public class TestMessages {

	private static final String TYPE = "notification.test";

	private final List<Endpoint> endpoints;

	private final Sender sender;

	private final WebhookRegister register;

	private final Clock clock;

	TestMessages(List<Endpoint> endpoints, Sender sender, WebhookRegister register, Clock clock) {
		this.endpoints = endpoints;
		this.sender = sender;
		this.register = register;
		this.clock = clock;
	}

	/**
	 * Sends them, whatever events the webhooks want. A webhook that was turned off
	 * because it had answered 410 Gone, and takes the message, is turned on again.
	 * @param actor who asked
	 * @return what became of each; empty if there is no webhook
	 */
	public List<Result> send(String actor) {
		return this.endpoints.stream().map((endpoint) -> send(endpoint, actor)).toList();
	}

	private Result send(Endpoint endpoint, String actor) {
		Instant begun = this.clock.instant();
		Answer answer = post(endpoint, event(endpoint, actor, begun));
		long millis = Duration.between(begun, this.clock.instant()).toMillis();
		boolean back = answer.delivered() && this.register.back(endpoint);
		return new Result(endpoint.name(), endpoint.origin(), answer.delivered(),
				answer.text() + (back ? ", turned on again" : ""), millis);
	}

	private Answer post(Endpoint endpoint, Event event) {
		try {
			return this.sender.post(endpoint, "msg_" + UUID.randomUUID().toString().replace("-", ""), event.body());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Answer.failed("interrupted");
		}
	}

	private static Event event(Endpoint endpoint, String actor, Instant now) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("webhook", endpoint.name());
		data.put("actor", actor);
		return new Event(TYPE, TYPE, now, "Test message of the retention service, sent by " + actor + ".", data);
	}

	/**
	 * What became of a message.
	 *
	 * @param webhook the webhook's name
	 * @param receiver scheme and host of its address
	 * @param delivered whether it was taken
	 * @param answer the answer's status, or why there was none
	 * @param millis how long that took
	 */
	public record Result(String webhook, String receiver, boolean delivered, String answer, long millis) {

	}

}
