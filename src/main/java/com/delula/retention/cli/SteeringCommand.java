package com.delula.retention.cli;

import java.util.UUID;

import com.delula.retention.answer.RunJson;
import com.delula.retention.run.Run;
import com.delula.retention.run.engine.RunEngine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import org.springframework.http.HttpStatus;

/** A command that wants something of a run that is under way, on whichever instance. */
abstract class SteeringCommand implements CliCommand {

	@Spec
	private CommandSpec spec = CommandSpec.create();

	@Parameters(index = "0", paramLabel = "RUN", description = GivenRun.DESCRIPTION)
	private String run = "";

	@Option(names = "--json", description = "Answer in JSON, with the API's field names.")
	private boolean json;

	/**
	 * Asks for it.
	 * @return whether the run was still under way
	 */
	abstract boolean ask(RunEngine engine, UUID run);

	/** What happens to the run, as it stands now, in words that follow its id. */
	abstract String done(Run now);

	/** Checks the command's own arguments, before anything is started. */
	void check(CommandSpec spec) {
	}

	/** Whether the command succeeds if the run has already ended. */
	boolean isDoneByItsEnd() {
		return false;
	}

	@Override
	public final int run(Session session) {
		check(this.spec);
		UUID id = GivenRun.find(this.spec, session, this.run).id();
		boolean open = ask(session.bean(RunEngine.class), id);
		Run now = GivenRun.find(this.spec, session, id.toString());
		if (open || isDoneByItsEnd()) {
			show(session, now, open);
			return ExitCode.DONE;
		}
		String why = "The run has ended (" + now.status().label() + "). Nothing was changed.";
		return new Refusal(ExitCode.FAILED, HttpStatus.CONFLICT, why, id, null).tell(session, this.json);
	}

	private void show(Session session, Run now, boolean open) {
		if (this.json) {
			session.json(RunJson.of(now));
			return;
		}
		session.terminal()
			.out()
			.println("Run " + now.id() + " "
					+ (open ? done(now) : "has already ended (" + now.status().label() + "). Nothing was changed."));
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
