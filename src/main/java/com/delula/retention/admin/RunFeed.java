package com.delula.retention.admin;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.delula.retention.answer.RunJson;
import com.delula.retention.run.Run;
import com.delula.retention.run.history.RunHistory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells followers how runs go on, as server-sent events named {@code run}. The history is
 * read once for all followers of a run, so that it does not matter which instance carries
 * it out.
 */
class RunFeed implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(RunFeed.class);

	private static final long PERIOD_MILLIS = 500;

	private final RunHistory history;

	private final Map<UUID, Set<SseEmitter>> followers = new ConcurrentHashMap<>();

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "run-feed");
		thread.setDaemon(true);
		return thread;
	});

	private volatile boolean running;

	RunFeed(RunHistory history) {
		this.history = history;
		this.clock.scheduleWithFixedDelay(this::tell, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
	}

	/** Follows a run; the first event comes at once, the last when it has ended. */
	SseEmitter follow(Run run) {
		SseEmitter follower = new SseEmitter(0L);
		if (send(follower, run) && run.ended()) {
			follower.complete();
			return follower;
		}
		follower.onCompletion(() -> forget(run.id(), follower));
		follower.onTimeout(() -> forget(run.id(), follower));
		follower.onError((failure) -> forget(run.id(), follower));
		this.followers.compute(run.id(), (id, others) -> {
			Set<SseEmitter> all = (others != null) ? others : ConcurrentHashMap.newKeySet();
			all.add(follower);
			return all;
		});
		return follower;
	}

	private void tell() {
		for (UUID id : this.followers.keySet()) {
			try {
				this.history.find(id).ifPresent(this::tell);
			}
			catch (RuntimeException ex) {
				log.debug("Run {} cannot be looked at; its followers wait", id, ex);
			}
		}
	}

	private void tell(Run run) {
		if (run.ended()) {
			// Who comes from now on is told by the next look.
			Set<SseEmitter> last = this.followers.remove(run.id());
			if (last != null) {
				last.stream().filter((follower) -> send(follower, run)).forEach(SseEmitter::complete);
			}
			return;
		}
		for (SseEmitter follower : this.followers.getOrDefault(run.id(), Set.of())) {
			if (!send(follower, run)) {
				forget(run.id(), follower);
			}
		}
	}

	private static boolean send(SseEmitter follower, Run run) {
		try {
			follower.send(SseEmitter.event().name("run").data(RunJson.of(run), MediaType.APPLICATION_JSON));
			return true;
		}
		catch (IOException | IllegalStateException ex) {
			log.debug("A follower of run {} hung up", run.id());
			return false;
		}
	}

	private void forget(UUID run, SseEmitter follower) {
		this.followers.computeIfPresent(run, (id, others) -> {
			others.remove(follower);
			return others.isEmpty() ? null : others;
		});
	}

	@Override
	public void start() {
		this.running = true;
	}

	/** Ends all streams, so that the web server need not wait for them. */
	@Override
	public void stop() {
		this.running = false;
		this.followers.values().forEach((followers) -> followers.forEach(SseEmitter::complete));
		this.followers.clear();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
