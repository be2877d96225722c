package com.delula.retention.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts attempts by webhook, and what waits or could not be delivered. */
final class NotifyMetrics {

	private final MeterRegistry registry;

	private volatile long pending;

	private volatile long undelivered;

	NotifyMetrics(MeterRegistry registry, Iterable<Endpoint> endpoints) {
		this.registry = registry;
		Gauge.builder("retention.notifications.pending", () -> this.pending)
			.description("Notifications that wait to be delivered, over all instances")
			.register(registry);
		Gauge.builder("retention.notifications.undelivered", () -> this.undelivered)
			.description("Notifications of the last days that could not be delivered, over all instances")
			.register(registry);
		for (Endpoint endpoint : endpoints) {
			attempts(endpoint, "delivered");
			attempts(endpoint, "retried");
			attempts(endpoint, "failed");
		}
	}

	void set(long pending, long undelivered) {
		this.pending = pending;
		this.undelivered = undelivered;
	}

	void delivered(Endpoint endpoint) {
		attempts(endpoint, "delivered").increment();
	}

	/** An attempt failed that is followed by another. */
	void retried(Endpoint endpoint) {
		attempts(endpoint, "retried").increment();
	}

	/** The last attempt failed. */
	void failed(Endpoint endpoint) {
		attempts(endpoint, "failed").increment();
	}

	private Counter attempts(Endpoint endpoint, String outcome) {
		return Counter.builder("retention.notification.attempts")
			.description("Attempts of this instance to deliver a notification")
			.tag("webhook", endpoint.name())
			.tag("outcome", outcome)
			.register(this.registry);
	}

}
