package com.delula.retention.doctor;

import java.util.List;
import java.util.Optional;

import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleSchedule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.ForeignSchedule;

/** Rules that are scheduled by the service and inside the database. */
final class ScheduleCheck implements Check {

	private static final String HAS_PG_CRON = "SELECT to_regclass('cron.job') IS NOT NULL";

	/** The functions of the rules say in their text what they were written from. */
	private static final String ACTIVE = """
			SELECT DISTINCT j.jobname AS name, j.schedule, p.rule
			FROM cron.job j
			JOIN (SELECT f.proname,
					substring(f.prosrc FROM 'Written by the retention service from the rule ([a-z0-9-]+)') AS rule
				FROM pg_proc f) p ON p.rule IS NOT NULL AND j.command ~ ('\\m' || p.proname || '\\M')
			WHERE j.active AND j.database = current_database()
			ORDER BY 1
			""";

	private final ReadOnlyDatabase database;

	private final Rules rules;

	private final List<ForeignSchedule> foreign;

	ScheduleCheck(ReadOnlyDatabase database, Rules rules, List<ForeignSchedule> foreign) {
		this.database = database;
		this.rules = rules;
		this.foreign = foreign;
	}

	@Override
	public String id() {
		return "two-schedules";
	}

	@Override
	public String passed() {
		return "No rule is scheduled twice";
	}

	@Override
	public List<Finding> run() {
		if (this.rules.all().stream().map(Rule::schedule).noneMatch(RuleSchedule::isOn)) {
			return List.of();
		}
		List<Job> jobs = this.database.read((jdbc) -> jdbc.sql(HAS_PG_CRON).query(Boolean.class).single()
				? jdbc.sql(ACTIVE).query(Job.class).list() : List.of());
		return jobs.stream().flatMap((job) -> finding(job).stream()).toList();
	}

	/** The service's own schedule is inactive while one that it yields to is active. */
	private boolean isScheduledHere(Rule rule) {
		return rule.schedule().isOn()
				&& this.foreign.stream().noneMatch((schedule) -> schedule.active(rule.name()).isPresent());
	}

	private Optional<Finding> finding(Job job) {
		return this.rules.find(job.rule())
			.filter(this::isScheduledHere)
			.map((rule) -> Finding.warning(id(),
					rule.title() + " is scheduled twice: in the database (pg_cron job " + job.name() + ", "
							+ job.schedule() + ") and by the service (" + rule.schedule().words() + ")",
					"Only one of them runs at a time, and nothing is removed twice. But it is hard to tell which one did"
							+ " what, and changing one schedule does not change the other.",
					"SELECT cron.unschedule('" + job.name() + "');\n-- Or turn the service's schedule off: "
							+ setting(rule) + "=-")
				.about(rule.tableNames()));
	}

	private static String setting(Rule rule) {
		return rule.settings() + (rule.settings().startsWith("retention.rules.") ? ".schedule.cron" : ".cron");
	}

	private record Job(String name, String schedule, String rule) {

	}

}
