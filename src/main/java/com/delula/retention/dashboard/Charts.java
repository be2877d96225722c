package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.delula.retention.run.RunEngine;

/** Puts numbers over time together for the charts. */
class Charts {

	private static final List<String> FAILING = List.of("generations", "jobs", "upscale jobs");

	private final Samples samples;

	private final Removals removals;

	private final RunEngine engine;

	private final Words words;

	Charts(Samples samples, Removals removals, RunEngine engine, Words words) {
		this.samples = samples;
		this.removals = removals;
		this.engine = engine;
		this.words = words;
	}

	/** Rows removed a day, by task; empty if none were. */
	Series removed(Span span) {
		SortedMap<Instant, Map<String, Long>> byDay = this.removals.byDay(span.days());
		if (byDay.values().stream().allMatch(Map::isEmpty)) {
			byDay.clear();
		}
		byDay.values().forEach((day) -> this.engine.tasks().forEach((task) -> day.putIfAbsent(task, 0L)));
		return Series.of(names(this.engine.tasks(), "", this.words::name), byDay);
	}

	/** Failed rows over time, by what they are. */
	Series failed(Span span) {
		return Series.of(names(FAILING, Sampler.FAILED, (thing) -> "Failed " + thing),
				this.samples.read(Sampler.FAILED, span));
	}

	/** Due rows over time, by task. */
	Series due(Span span) {
		return Series.of(names(this.engine.tasks(), Sampler.DUE, this.words::name),
				this.samples.read(Sampler.DUE, span));
	}

	private static Map<String, String> names(List<String> keys, String prefix, Function<String, String> name) {
		return keys.stream()
			.collect(Collectors.toMap((key) -> prefix + key, name, (one, other) -> one, LinkedHashMap::new));
	}

}
