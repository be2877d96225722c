package com.delula.retention.cli;

import java.util.Map;
import java.util.UUID;

import com.delula.retention.answer.RunJson;
import com.delula.retention.run.Run;
import com.delula.retention.run.engine.RunEngine;
import com.delula.retention.run.history.RunHistory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A command that wants something of a run that is under way, on whichever instance. */
abstract class SteeringCommand implements CliCommand {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", paramLabel = "RUN", description = "The run's id; 'runs' lists them.")
	private String run = "";

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	/**
	 * Asks for it.
	 * @return whether the run was still under way
	 */
	abstract boolean ask(RunEngine engine, UUID run);

	/** What becomes of the run, in words that follow its id. */
	abstract String done();

	/** Checks the command's own arguments, before anything is started. */
	void check(CommandSpec spec) {
	}

	@Override
	public final int run(Session session) {
		check(this.spec);
		UUID id = find(session, id()).id();
		boolean open = ask(session.bean(RunEngine.class), id);
		Run now = find(session, id);
		if (open) {
			show(session, now);
			return ExitCode.DONE;
		}
		String why = "The run has ended (" + now.status().label() + "). Nothing was changed.";
		if (this.json) {
			session.json(Map.of("success", false, "detail", why));
		}
		session.terminal().err().println(why);
		return ExitCode.FAILED;
	}

	private void show(Session session, Run now) {
		if (this.json) {
			session.json(RunJson.of(now));
			return;
		}
		session.terminal().out().println("Run " + now.id() + " " + done());
	}

	private UUID id() {
		try {
			return UUID.fromString(this.run);
		}
		catch (IllegalArgumentException ex) {
			throw unknown();
		}
	}

	private Run find(Session session, UUID id) {
		return session.bean(RunHistory.class).find(id).orElseThrow(this::unknown);
	}

	private ParameterException unknown() {
		return new ParameterException(this.spec.commandLine(),
				"Unknown run '" + this.run.replaceAll("\\p{Cntrl}", "?") + "'; 'runs' lists them");
	}

	@Override
	public boolean json() {
		return this.json;
	}

}
