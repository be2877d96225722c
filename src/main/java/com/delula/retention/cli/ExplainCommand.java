package com.delula.retention.cli;

import java.io.PrintWriter;
import java.util.stream.Collectors;

import com.delula.retention.answer.RowAnswers;
import com.delula.retention.answer.RowJson;
import com.delula.retention.answer.SentencePart;
import com.delula.retention.option.OptionException;
import com.delula.retention.rule.Rule;
import com.delula.retention.rule.Rules;
import com.delula.retention.run.Verdict;
import com.delula.retention.status.NextRuns;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a row is still there, or when it goes. */
@Command(name = "explain", mixinStandardHelpOptions = true,
		description = "Explain why a row is still there, or when it will be removed.")
final class ExplainCommand implements CliCommand {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", paramLabel = "RULE", description = "The rule; 'rules' lists them.")
	private String rule = "";

	@Parameters(index = "1", paramLabel = "KEY",
			description = "The row's key. Give a key of several columns in order, separated by commas.")
	private String key = "";

	@Option(names = "--table", paramLabel = "TABLE",
			description = "The table of the row; needed where the rule has several.")
	private @Nullable String table;

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	@Override
	public int run(Session session) {
		Rule found = NoSuchException.rule(this.spec, session.bean(Rules.class), this.rule);
		RowJson row = explain(session, found);
		if (this.json) {
			session.json(row);
			return ExitCode.DONE;
		}
		PrintWriter out = session.terminal().out();
		show(row, out);
		if (row.verdict().equals(Verdict.DUE.label())) {
			out.println(nextRun(session, found));
		}
		return ExitCode.DONE;
	}

	private RowJson explain(Session session, Rule found) {
		try {
			return session.bean(RowAnswers.class).explain(found, this.table, this.key, Runner.actor());
		}
		catch (OptionException ex) {
			throw new ParameterException(this.spec.commandLine(),
					ex.text((name) -> name.equals(RowAnswers.KEY) ? "KEY" : Spelling.argument(name)));
		}
	}

	private static String nextRun(Session session, Rule rule) {
		return session.bean(NextRuns.class)
			.find(rule)
			.map((next) -> "Next run: " + NextRunText.of(rule, next.at()))
			.orElse("No run is scheduled.");
	}

	/** With its times as in all tables. */
	private static String sentence(String sentence) {
		return SentencePart.of(sentence)
			.stream()
			.map((part) -> (part.time() != null) ? part.time().toString() : part.text())
			.collect(Collectors.joining());
	}

	private static void show(RowJson row, PrintWriter out) {
		out.println(Terminal.plain(row.table() + " " + row.key() + ": " + row.verdict()));
		out.println(Terminal.plain(sentence(row.because())));
		if (row.goesOnce() != null) {
			out.println(row.goesOnce());
		}
	}

	@Override
	public boolean json() {
		return this.json;
	}

}
