package com.delula.retention.cli;

import java.io.PrintWriter;
import java.util.List;

import com.delula.retention.answer.RuleAnswers;
import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.RuleSchedule;
import com.delula.retention.rule.Rules;
import com.delula.retention.validation.Setting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the rules. */
@Command(name = "rules", mixinStandardHelpOptions = true,
		description = "List the rules: what each removes, and when it runs.")
final class RulesCommand implements CliCommand {

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		if (this.json) {
			session.json(session.bean(RuleAnswers.class).all());
			return ExitCode.DONE;
		}
		List<Rule> rules = session.bean(Rules.class).all();
		PrintWriter out = session.terminal().out();
		Table table = new Table("RULE", "TABLES", "OLDER THAN", "KEEPS NEWEST", "SCHEDULE (UTC)", "NEXT RUN");
		rules.forEach((rule) -> table.row(rule.name(), String.join(", ", rule.tableNames()),
				Setting.text(rule.maxAge()), keeps(rule.keep()), when(rule.schedule()), NextRunText.of(session, rule)));
		table.print(session.terminal());
		out.println();
		rules.forEach((rule) -> out.println(rule.name() + ": " + rule.description()));
		return ExitCode.DONE;
	}

	private static @Nullable String keeps(@Nullable Keep keep) {
		if (keep == null) {
			return null;
		}
		return keep.newest() + ((keep.per() != null) ? " per " + keep.per() : "");
	}

	private static String when(RuleSchedule schedule) {
		if (schedule.cron() != null) {
			return schedule.cron();
		}
		return (schedule.interval() != null) ? "every " + Setting.text(schedule.interval()) : "never";
	}

	@Override
	public boolean json() {
		return this.json;
	}

}
