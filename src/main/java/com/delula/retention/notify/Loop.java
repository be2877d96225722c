package com.delula.retention.notify;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.delula.retention.database.SqlFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does some work again and again in a thread of its own, sooner when it is woken. */
final class Loop {

	private static final Logger log = LoggerFactory.getLogger(Loop.class);

	private final String name;

	private final Duration period;

	private final Runnable work;

	private final Semaphore wakes = new Semaphore(0);

	private final Thread thread;

	private volatile boolean stopped;

	Loop(String name, Duration period, Runnable work) {
		this.name = name;
		this.period = period;
		this.work = work;
		this.thread = new Thread(this::run, "notify-" + name);
		this.thread.setDaemon(true);
	}

	void start() {
		this.thread.start();
	}

	void wake() {
		this.wakes.release();
	}

	/** Begins nothing new. */
	void stop() {
		this.stopped = true;
		wake();
	}

	/** Waits for what is under way, and interrupts it after that. */
	void join(Duration patience) {
		try {
			this.thread.join(Math.max(1, patience.toMillis()));
			this.thread.interrupt();
			this.thread.join(Math.max(1, patience.toMillis()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	boolean isStopped() {
		return this.stopped;
	}

	private void run() {
		while (!this.stopped && !Thread.currentThread().isInterrupted()) {
			attempt();
			await();
		}
	}

	private void await() {
		try {
			if (this.wakes.tryAcquire(this.period.toMillis(), TimeUnit.MILLISECONDS)) {
				this.wakes.drainPermits();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void attempt() {
		try {
			this.work.run();
		}
		catch (RuntimeException ex) {
			if (this.stopped || SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				log.debug("Notifications ({}) wait: {}", this.name, SqlFault.reason(ex));
				return;
			}
			log.warn("Notifications ({}) could not be processed. Retrying: {}", this.name, SqlFault.reason(ex));
			log.debug("Notifications ({})", this.name, ex);
		}
	}

}
