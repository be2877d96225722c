package com.delula.retention.dashboard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.delula.retention.database.SqlFault;
import com.delula.retention.monitor.DueRowsReader;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleTable;
import com.delula.retention.rule.Rules;
import com.delula.retention.status.RunPatience;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/** Takes a sample of the tables every ten minutes, for the charts; rather after a run. */
class Sampler {

	private static final Logger log = LoggerFactory.getLogger(Sampler.class);

	private final Samples samples;

	private final Rules rules;

	private final TableStates states;

	private final DueRowsReader due;

	private final RunPatience patience;

	Sampler(Samples samples, Rules rules, TableStates states, DueRowsReader due, RunPatience patience) {
		this.samples = samples;
		this.rules = rules;
		this.states = states;
		this.due = due;
		this.patience = patience;
	}

	/** Asks each minute; {@link Samples} takes one every ten, over all instances. */
	@Scheduled(initialDelayString = "PT20S", fixedDelayString = "PT1M")
	void sample() {
		try {
			this.patience.attempt(() -> this.samples.take(this::numbers));
		}
		catch (RuntimeException ex) {
			if (SqlFault.of(ex) == SqlFault.UNREACHABLE) {
				log.debug("No sample for the charts: the database is unreachable");
				return;
			}
			log.warn("Could not take a sample for the charts; retrying", ex);
		}
	}

	private Map<String, Long> numbers() {
		Map<String, Long> numbers = new HashMap<>();
		this.rules.all().forEach((rule) -> add(rule, numbers));
		return numbers;
	}

	private void add(Rule rule, Map<String, Long> numbers) {
		this.due.find(rule.name()).ifPresent((found) -> numbers.put(SampleNames.due(rule), found.rows()));
		List<RuleTable> failing = SampleNames.failing(rule);
		if (!failing.isEmpty()) {
			Map<String, Map<String, Long>> states = this.states.of(rule);
			failing.forEach((table) -> numbers.put(SampleNames.failed(table),
					states.getOrDefault(table.name(), Map.of()).getOrDefault(SampleNames.FAILED_STATE, 0L)));
		}
	}

}
