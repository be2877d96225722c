package com.delula.retention.run.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.delula.retention.database.SqlFault;
import com.delula.retention.run.Mode;
import com.delula.retention.run.RetentionStep;
import com.delula.retention.run.RetentionTask;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.RunScope;
import com.delula.retention.run.Slice;
import com.delula.retention.run.Span;
import com.delula.retention.run.StopSignal;
import com.delula.retention.run.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/**
 * Does once, after the start, what the first run would otherwise do for the first time:
 * opening a run cold takes a tenth of a second, and an operator's emergency is always the
 * first run of its JVM. Everything is rolled back or only read.
 */
final class WarmUp {

	private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

	/** A missing index can make it slow; then it is not worth the time. */
	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final List<RetentionTask> tasks;

	private final EngineParts parts;

	WarmUp(List<RetentionTask> tasks, EngineParts parts) {
		this.tasks = tasks;
		this.parts = parts;
	}

	@EventListener(ApplicationReadyEvent.class)
	void begin() {
		Thread thread = new Thread(this::run, "warm-up");
		thread.setDaemon(true);
		thread.start();
	}

	private void run() {
		for (RetentionTask task : this.tasks) {
			try {
				task.modes().forEach((mode) -> rehearse(task, mode));
			}
			catch (RuntimeException ex) {
				log.debug("The first run of {} starts cold: {}", task.name(), SqlFault.reason(ex));
			}
		}
	}

	private void rehearse(RetentionTask task, Mode mode) {
		RunRequest request = new RunRequest(task.name(), mode, Trigger.SCHEDULE, "warm-up", true, Map.of());
		this.parts.transaction().executeWithoutResult((tx) -> {
			tx.setRollbackOnly();
			RunScope scope = this.parts.runLog().open(request, task);
			this.parts.runLog().find(scope.runId());
		});
		RunScope scope = this.parts.runLog().scope(request, task);
		this.parts.gates().rehearse(scope, task.rule());
		List<RetentionStep> steps = task.steps(scope);
		List<List<Span>> spans = this.parts.batches()
			.count(() -> steps.stream().map(RetentionStep::spans).toList(), new StopSignal(), PATIENCE);
		for (int i = 0; i < steps.size(); i++) {
			RetentionStep step = steps.get(i);
			spans.get(i)
				.stream()
				.map((span) -> new Slice(span.first(), span.first(), 1))
				.forEach((slice) -> this.parts.batches().rehearse(scope, step, slice));
		}
	}

}
