package com.delula.retention.cli;

import java.io.PrintWriter;
import java.util.List;

import com.delula.retention.answer.RuleAnswers;
import com.delula.retention.rule.Keep;
import com.delula.retention.rule.Quantity;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
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
		Table table = new Table("RULE", "TABLES", "OLDER THAN", "KEEPS NEWEST", "SCHEDULE", "NEXT RUN");
		rules.forEach((rule) -> table.row(rule.name(), String.join(", ", rule.tableNames()), Quantity.of(rule.maxAge()),
				keeps(rule.keep()), rule.schedule().words(), NextRunText.of(session, rule)));
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

	@Override
	public boolean json() {
		return this.json;
	}

}
