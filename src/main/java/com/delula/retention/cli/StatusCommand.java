package com.delula.retention.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.delula.retention.answer.OwnAnswers;
import com.delula.retention.answer.OwnAnswers.Overview;
import com.delula.retention.answer.RuleAnswers;
import com.delula.retention.answer.RuleStatusJson;
import com.delula.retention.cli.Tone.Toned;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Run;
import com.delula.retention.run.history.Approvals;
import com.delula.retention.run.history.RunHistory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** Shows how the tables of the rules stand. */
@Command(name = "status", mixinStandardHelpOptions = true,
		description = "Show the tables and the last and next runs of all rules, or of one with its rows due and its forecast.")
final class StatusCommand implements CliCommand {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(arity = "0..1", paramLabel = "RULE", description = "Only this rule; 'rules' lists them.")
	private @Nullable String rule;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Mixin
	private Watch watch = new Watch();

	@Override
	public int run(Session session) {
		if (this.rule != null) {
			Rule only = NoSuchException.rule(this.spec, session.bean(Rules.class), this.rule);
			return this.watch.show(session, () -> one(session, only));
		}
		List<Rule> rules = session.bean(Rules.class).all();
		return this.watch.show(session, () -> all(session, rules));
	}

	private void one(Session session, Rule only) {
		RuleStatusJson status = session.bean(RuleAnswers.class).status(only);
		if (this.json) {
			session.json(status);
			return;
		}
		PrintWriter out = session.terminal().out();
		tables(status).print(session.terminal());
		out.println();
		ForecastText.of(status.forecast()).forEach(out::println);
		out.println();
		runs(session, List.of(only)).print(session.terminal());
	}

	private static Table tables(RuleStatusJson status) {
		Table table = new Table(status.rule().toUpperCase(Locale.ROOT), "CANDIDATES", "DUE", "KEPT (STILL REFERENCED)",
				"OLDEST DUE");
		status.tables()
			.forEach((name, counts) -> table.row(name, counts.candidates(), counts.due(), counts.keptReferenced(),
					null));
		return table.row("all", null, status.rowsDue(), null, status.oldestDueAt());
	}

	private void all(Session session, List<Rule> rules) {
		Map<String, OwnAnswers> own = new LinkedHashMap<>();
		session.beans(OwnAnswers.class).forEach((answers) -> own.put(answers.rule(), answers));
		List<Overview> overviews = new ArrayList<>();
		List<RuleStatusJson> others = new ArrayList<>();
		for (Rule each : rules) {
			OwnAnswers answers = own.get(each.name());
			if (answers != null) {
				overviews.add(answers.overview());
			}
			else {
				others.add(session.bean(RuleAnswers.class).status(each));
			}
		}
		if (this.json) {
			session.json(together(overviews, others));
			return;
		}
		show(session, overviews, others);
		runs(session, rules).print(session.terminal());
	}

	/**
	 * The fields of the answers that rules have of their own, and the others in a list;
	 * it is as old as the oldest of them.
	 */
	private static ObjectNode together(List<Overview> overviews, List<RuleStatusJson> others) {
		ObjectNode body = Json.together(overviews.stream().map(Overview::json).toList());
		overviews.stream()
			.map(Overview::asOf)
			.min(Instant::compareTo)
			.ifPresent((oldest) -> body.put("asOf", oldest.toString()));
		if (!others.isEmpty()) {
			body.set("rules", Json.tree(others));
		}
		return body;
	}

	private static void show(Session session, List<Overview> overviews, List<RuleStatusJson> others) {
		PrintWriter out = session.terminal().out();
		List<Table> tables = new ArrayList<>();
		overviews.forEach((overview) -> overview.tables().stream().map(Table::of).forEach(tables::add));
		others.stream().map(StatusCommand::tables).forEach(tables::add);
		tables.stream().filter((table) -> !table.isEmpty()).forEach((table) -> {
			table.print(session.terminal());
			out.println();
		});
	}

	private static Table runs(Session session, List<Rule> rules) {
		RunHistory history = session.bean(RunHistory.class);
		Approvals approvals = session.bean(Approvals.class);
		Table table = new Table("RULE", "LAST RUN", "STATUS", "REMOVED", "NEXT RUN", "NOW");
		for (Rule rule : rules) {
			String now = history.running(rule.name()).map(StatusCommand::now).orElseGet(() -> idle(approvals, rule));
			Run last = history.last(rule.name()).orElse(null);
			table.row(rule.name(), (last != null) ? last.startedAt() : null,
					(last != null) ? new Toned(last.status().label(), Tone.of(last.status())) : null,
					(last != null) ? last.rowsRemoved() : null, NextRunText.of(session, rule), now);
		}
		return table;
	}

	private static String now(Run run) {
		return ProgressText.of(run) + ", run " + GivenRun.brief(run);
	}

	private static String idle(Approvals approvals, Rule rule) {
		return approvals.refusedRun(rule.name()).map((run) -> "needs approval: " + run + " was refused").orElse("idle");
	}

	@Override
	public boolean startsPartly() {
		return true;
	}

	@Override
	public boolean json() {
		return this.json;
	}

}
