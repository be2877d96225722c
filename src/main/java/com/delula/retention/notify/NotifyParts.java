package com.delula.retention.notify;

import java.util.List;
import java.util.Map;

/** What the notifier is made of; the couriers are in the order of the settings. */
record NotifyParts(Map<Endpoint, Courier> couriers, WebhookRegister register, RunEvents runs, TaskEvents tasks,
		Outbox outbox, NotifyMetrics metrics) {

	List<Endpoint> endpoints() {
		return List.copyOf(this.couriers.keySet());
	}

}
