package com.delula.retention.schedule;

import java.util.List;

import com.delula.retention.database.Instance;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleSchedule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.ForeignSchedule;
import com.delula.retention.run.RunRequest;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.history.FiringLog;

import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/** Has every rule run at the times of its schedule; a rule without one has no timer. */
class RuleTimers implements SchedulingConfigurer {

	private final ScheduledRuns runs;

	private final FiringLog firings;

	private final Instance instance;

	private final List<ForeignSchedule> others;

	private final List<RuleTimer> timers;

	RuleTimers(Rules rules, ScheduledRuns runs, FiringLog firings, Instance instance, List<ForeignSchedule> others) {
		this.runs = runs;
		this.firings = firings;
		this.instance = instance;
		this.others = others;
		this.timers = rules.all().stream().filter((rule) -> rule.schedule().isOn()).map(this::timer).toList();
	}

	private RuleTimer timer(Rule rule) {
		RuleSchedule when = rule.schedule();
		RunRequest request = RuleRequests.scheduled(rule, Schedules.ACTOR);
		if (when.cron() != null) {
			CronSchedule own = new CronSchedule(rule.name(), when.cron(), this.instance.clock());
			return new CronTimer(new CronFirings(this.runs, this.firings, own, this.instance.clock(), request), own,
					new YieldingSchedule(own, this.others));
		}
		IntervalSchedule own = new IntervalSchedule(rule.name(), when, this.instance.clock());
		return new IntervalTimer(this.runs, this.firings, own, new YieldingSchedule(own, this.others),
				when.initialDelay(), request);
	}

	List<TaskSchedule> schedules() {
		return this.timers.stream().map(RuleTimer::schedule).toList();
	}

	@Override
	public void configureTasks(ScheduledTaskRegistrar registrar) {
		this.timers.forEach((timer) -> timer.register(registrar));
	}

}
