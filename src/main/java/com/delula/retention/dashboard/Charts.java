package com.delula.retention.dashboard;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;

/** Puts together the numbers over time that the charts show. */
class Charts {

	private final Samples samples;

	private final Removals removals;

	private final Rules rules;

	Charts(Samples samples, Removals removals, Rules rules) {
		this.samples = samples;
		this.removals = removals;
		this.rules = rules;
	}

	/** Rows removed a day or an hour, by rule; empty if none were. */
	Series removed(Span span) {
		SortedMap<Instant, Map<String, Long>> byBar = this.removals.by(span);
		if (byBar.values().stream().allMatch(Map::isEmpty)) {
			byBar.clear();
		}
		Map<String, String> titles = titles(Rule::name);
		byBar.values().forEach((bar) -> titles.keySet().forEach((rule) -> bar.putIfAbsent(rule, 0L)));
		return Series.of(titles, byBar);
	}

	/** Failed rows over time, by table. */
	Series failed(Span span) {
		return Series.of(SampleNames.failed(this.rules), this.samples.read(SampleNames.FAILED, span));
	}

	/** Due rows over time, by rule. */
	Series due(Span span) {
		return Series.of(titles(SampleNames::due), this.samples.read(SampleNames.DUE, span));
	}

	private Map<String, String> titles(Function<Rule, String> key) {
		Map<String, String> titles = new LinkedHashMap<>();
		this.rules.all().forEach((rule) -> titles.put(key.apply(rule), rule.title()));
		return titles;
	}

}
