package com.delula.retention.answer;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import com.delula.retention.answer.RuleJson.Operation;
import com.delula.retention.answer.RuleJson.OptionJson;
import com.delula.retention.option.OptionSet;
import com.delula.retention.request.RuleRequests;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Mode;
import com.delula.retention.run.TaskSchedule;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.status.RuleStatuses;
import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.support.CronExpression;

/** What is told of the rules themselves. */
public class RuleAnswers {

	private final Rules rules;

	private final RuleRequests requests;

	private final RuleStatuses statuses;

	private final Approvals approvals;

	/** Asked late: timers need what needs this. */
	private final Supplier<List<TaskSchedule>> schedules;

	private final Clock clock;

	RuleAnswers(Rules rules, RuleRequests requests, RuleStatuses statuses, Approvals approvals,
			Supplier<List<TaskSchedule>> schedules, Clock clock) {
		this.rules = rules;
		this.requests = requests;
		this.statuses = statuses;
		this.approvals = approvals;
		this.schedules = schedules;
		this.clock = clock;
	}

	/** Every rule. */
	public RulesJson all() {
		return new RulesJson(true, this.rules.all().stream().map(this::describe).toList());
	}

	/** How a rule's tables stand. */
	public RuleStatusJson status(Rule rule) {
		return RuleStatusJson.of(rule, this.statuses.of(rule), this.approvals.refusedRun(rule.name()).isPresent());
	}

	private RuleJson describe(Rule rule) {
		List<Operation> operations = new ArrayList<>();
		operations.add(operation(rule, Mode.REGULAR, "run"));
		if (rule.emergency()) {
			operations.add(operation(rule, Mode.EMERGENCY, "emergency"));
		}
		return RuleJson.of(rule, next(rule), operations);
	}

	private Operation operation(Rule rule, Mode mode, String last) {
		OptionSet options = this.requests.optionsByName(rule, mode);
		return new Operation(mode.label(), "/api/admin/rules/" + rule.name() + "/" + last,
				options.options()
					.stream()
					.map((option) -> new OptionJson(option.name(), option.type().allowed()))
					.toList());
	}

	private @Nullable Instant next(Rule rule) {
		return this.schedules.get()
			.stream()
			.filter((schedule) -> schedule.task().equals(rule.name()))
			.map(TaskSchedule::next)
			.findFirst()
			.orElseGet(() -> nextByCron(rule));
	}

	/** Where no timer runs, as on the command line, only a cron expression tells. */
	private @Nullable Instant nextByCron(Rule rule) {
		String cron = rule.schedule().cron();
		ZonedDateTime now = this.clock.instant().atZone(ZoneOffset.UTC);
		ZonedDateTime next = (cron != null) ? CronExpression.parse(cron).next(now) : null;
		return (next != null) ? next.toInstant() : null;
	}

}
