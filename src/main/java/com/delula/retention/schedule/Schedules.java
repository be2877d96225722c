package com.delula.retention.schedule;

import java.time.temporal.ChronoUnit;
import java.util.List;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.TaskSchedule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;

/** Logs each schedule at the start, when it runs next and what it keeps. */
class Schedules {

	/** Who asks, when nobody does. */
	static final String ACTOR = "scheduler";

	private static final Logger log = LoggerFactory.getLogger(Schedules.class);

	private final Rules rules;

	private final List<TaskSchedule> schedules;

	Schedules(Rules rules, List<TaskSchedule> schedules) {
		this.rules = rules;
		this.schedules = schedules;
	}

	@EventListener(ApplicationReadyEvent.class)
	@Order(0)
	void announce() {
		this.rules.all().forEach(this::announce);
	}

	private void announce(Rule rule) {
		this.schedules.stream()
			.filter((schedule) -> schedule.task().equals(rule.name()))
			.findFirst()
			.ifPresentOrElse(
					(schedule) -> log.info("Schedule of {}: {}, next run {}; {}", rule.name(), schedule.text(),
							schedule.next().truncatedTo(ChronoUnit.SECONDS), keeps(rule)),
					() -> log.info("Schedule of {}: off, next run none; {}", rule.name(), keeps(rule)));
	}

	/** What a rule does not say of what it keeps, its sentence tells. */
	private static String keeps(Rule rule) {
		return rule.keeps().isEmpty() ? rule.description() : rule.keeps();
	}

}
