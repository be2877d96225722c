package com.delula.retention.cli;

import java.util.List;

import com.delula.retention.notify.TestMessages;
import com.delula.retention.notify.TestMessages.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks after the webhooks that are notified. */
@Command(name = "notify", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
		description = "Test the webhooks for notifications.", subcommands = NotifyCommand.Test.class)
final class NotifyCommand implements CliCommand {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Override
	public int run(Session session) {
		throw new ParameterException(this.spec.commandLine(), "Missing subcommand. Valid subcommands: test.");
	}

	/** Sends a message to each webhook. */
	@Command(name = "test", mixinStandardHelpOptions = true,
			description = { "Send a test message to each webhook and show what it answered.",
					"Exits with 1 if one did not take it, or if there is no webhook." })
	static final class Test implements CliCommand {

		@Option(names = "--json", description = "Answer in JSON.")
		private boolean json;

		@Override
		public int run(Session session) {
			List<Result> results = session.bean(TestMessages.class).send(Runner.actor());
			boolean success = !results.isEmpty() && results.stream().allMatch(Result::delivered);
			if (this.json) {
				session.json(new Answer(success, results));
			}
			else {
				show(session, results);
			}
			return success ? ExitCode.DONE : ExitCode.FAILED;
		}

		private static void show(Session session, List<Result> results) {
			if (results.isEmpty()) {
				session.terminal()
					.err()
					.println("No webhook is configured. Set retention.notify.webhooks[0].url and .secret.");
				return;
			}
			Table table = new Table("WEBHOOK", "RECEIVER", "DELIVERED", "ANSWER", "MS");
			results.forEach((result) -> table.row(result.webhook(), result.receiver(),
					result.delivered() ? "yes" : "no", result.answer(), result.millis()));
			table.print(session.terminal());
		}

		@Override
		public boolean json() {
			return this.json;
		}

	}

	/**
	 * The answer in JSON.
	 *
	 * @param success whether all were delivered
	 * @param webhooks what became of each
	 */
	record Answer(boolean success, List<Result> webhooks) {

	}

}
