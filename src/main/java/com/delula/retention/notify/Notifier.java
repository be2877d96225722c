package com.delula.retention.notify;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.delula.retention.database.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Looks for events and delivers them: one thread looks, and each webhook has a thread of
 * its own, so that one that hangs holds nobody else.
 */
final class Notifier implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(Notifier.class);

	/** How often each thread looks when nobody wakes it. */
	private static final Duration PERIOD = Duration.ofSeconds(5);

	private static final Duration TIDY = Duration.ofHours(1);

	/** A message that is being sent when the service ends has this much longer. */
	private static final Duration LAST_WORDS = Duration.ofSeconds(2);

	private final NotifyParts parts;

	private final Duration checkInterval;

	private final Clock clock;

	private final List<Loop> couriers = new ArrayList<>();

	private final Loop looker;

	private volatile boolean running;

	private volatile boolean woken;

	private Instant checked = Instant.MIN;

	private Instant tidied = Instant.MIN;

	Notifier(NotifyParts parts, Duration checkInterval, Clock clock) {
		this.parts = parts;
		this.checkInterval = checkInterval;
		this.clock = clock;
		Duration period = (checkInterval.compareTo(PERIOD) < 0) ? checkInterval : PERIOD;
		this.looker = new Loop("events", period, this::look);
		parts.couriers().forEach((endpoint, courier) -> this.couriers.add(courier(endpoint, courier, period)));
	}

	private Loop courier(Endpoint endpoint, Courier courier, Duration period) {
		return new Loop(endpoint.name(), period, () -> {
			if (!this.parts.register().isGone(endpoint)) {
				courier.deliver(this.looker::isStopped);
			}
		});
	}

	/** From now on events are reported; a run may fail right after the start. */
	@Override
	public void start() {
		this.running = true;
		if (this.couriers.isEmpty()) {
			return;
		}
		try {
			present();
		}
		catch (RuntimeException ex) {
			log.warn("Could not register the webhooks. Retrying: {}", SqlFault.reason(ex));
		}
		this.looker.start();
		this.couriers.forEach(Loop::start);
	}

	/** Looks at once, because a run has ended. */
	void wake() {
		this.woken = true;
		this.looker.wake();
	}

	/** The webhooks that are not gone; those that are not known yet are from now on. */
	private List<Endpoint> present() {
		return this.parts.endpoints().stream().filter((endpoint) -> !this.parts.register().isGone(endpoint)).toList();
	}

	private void look() {
		List<Endpoint> endpoints = present();
		endpoints.forEach(this.parts.runs()::look);
		Instant now = this.clock.instant();
		if (this.woken || isPast(this.checked, this.checkInterval, now)) {
			this.woken = false;
			this.checked = now;
			this.parts.tasks().look(endpoints);
			this.parts.metrics().set(this.parts.outbox().count("pending"), this.parts.outbox().count("failed"));
		}
		this.couriers.forEach(Loop::wake);
		if (isPast(this.tidied, TIDY, now)) {
			this.tidied = now;
			this.parts.outbox().tidy();
		}
	}

	private static boolean isPast(Instant last, Duration period, Instant now) {
		return last.equals(Instant.MIN) || !now.isBefore(last.plus(period));
	}

	/** What is not delivered now is delivered by another instance or after the start. */
	@Override
	public void stop() {
		this.running = false;
		this.looker.stop();
		this.couriers.forEach(Loop::stop);
		this.looker.join(LAST_WORDS);
		this.couriers.forEach((courier) -> courier.join(LAST_WORDS));
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
