package com.delula.retention.monitor;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;
import com.delula.retention.run.WaitReason;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** Tells what the runs of this instance wait for. All meters are there from the start. */
final class WaitMetrics implements RunObserver {

	private final Map<String, WaitReason> waiting = new ConcurrentHashMap<>();

	WaitMetrics(MeterRegistry registry, Rules rules) {
		for (Rule rule : rules.all()) {
			for (WaitReason reason : WaitReason.values()) {
				Gauge.builder("retention.run.waiting", () -> (this.waiting.get(rule.name()) == reason) ? 1 : 0)
					.description("1 while a run of this instance waits between batches for that reason, else 0")
					.tag("task", rule.name())
					.tag("reason", reason.label())
					.register(registry);
			}
		}
	}

	@Override
	public void waiting(String task, @Nullable WaitReason reason) {
		this.waiting.compute(task, (name, before) -> reason);
	}

	@Override
	public void closed(Run run) {
		this.waiting.remove(run.task());
	}

}
