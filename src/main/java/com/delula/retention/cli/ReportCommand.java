package com.delula.retention.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import com.delula.retention.answer.Grid;
import com.delula.retention.report.Report;
import com.delula.retention.report.ReportCsv;
import com.delula.retention.report.Reports;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reports what arrived and what went. */
@Command(name = "report", mixinStandardHelpOptions = true,
		description = "Report what arrived and what was removed per day, and what fails most.")
final class ReportCommand implements CliCommand {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(arity = "1", paramLabel = "RULE", description = "The rule; 'rules' lists them.")
	private String rule = "";

	@Option(names = "--days", paramLabel = "N", description = "How many days, 1 to 366; 30 if not given.")
	private @Nullable String days;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Option(names = "--csv", description = "Answer in CSV.")
	private boolean csv;

	@Override
	public int run(Session session) {
		if (this.json && this.csv) {
			throw new ParameterException(this.spec.commandLine(), "Use either --json or --csv, not both");
		}
		Reports.checkDays(this.days);
		Rule found = NoSuchException.rule(this.spec, session.bean(Rules.class), this.rule);
		Reports reports = session.bean(Reports.class);
		Report report = reports.of(found, this.days);
		PrintWriter out = session.terminal().out();
		if (this.csv) {
			out.print(ReportCsv.of(report));
			out.flush();
			return ExitCode.DONE;
		}
		if (this.json) {
			session.json(report);
			return ExitCode.DONE;
		}
		show(report, reports, found, session.terminal());
		return ExitCode.DONE;
	}

	private static void show(Report report, Reports reports, Rule rule, Terminal out) {
		Table days = new Table("DAY (UTC)", "ARRIVED", "REMOVED", "RUNS", "SUCCEEDED");
		report.days().forEach((day) -> days.row(day.day(), day.arrived(), day.removed(), day.runs(), day.succeeded()));
		List<Report.Day> all = report.days();
		days.row("all", all.stream().mapToLong(Report.Day::arrived).sum(),
				all.stream().mapToLong(Report.Day::removed).sum(), all.stream().mapToLong(Report.Day::runs).sum(),
				all.stream().mapToLong(Report.Day::succeeded).sum());
		days.print(out);
		Grid groups = new Grid(reports.groupNoun(rule).toUpperCase(Locale.ROOT), "NAME", "ROWS", "REMOVED");
		report.groups()
			.forEach((group) -> groups.row(Objects.toString(group.group(), "No " + reports.groupNoun(rule)),
					group.name(), group.failed(), group.removed()));
		Grid reasons = new Grid(reports.reasonNoun(rule).toUpperCase(Locale.ROOT), "ROWS", "REMOVED");
		report.reasons()
			.forEach((reason) -> reasons.row(
					Objects.toString(reason.reason(), "No " + reports.reasonNoun(rule).replace('_', ' ')),
					reason.failed(), reason.removed()));
		print(groups, out);
		print(reasons, out);
		if (!report.groups().isEmpty()) {
			out.out().println();
			out.out().println("ROWS are those that are there and those that runs have removed.");
		}
		if (report.reasons().stream().anyMatch((reason) -> reason.removed() != null)) {
			out.out()
				.println("By " + reports.reasonNoun(rule).replace('_', ' ')
						+ " they are estimates: fast runs and emergencies count one batch in ten, and runs inside the database none.");
		}
	}

	private static void print(Grid grid, Terminal out) {
		if (!grid.rows().isEmpty()) {
			out.out().println();
			Table.of(grid).print(out);
		}
	}

	@Override
	public boolean json() {
		return this.json;
	}

}
