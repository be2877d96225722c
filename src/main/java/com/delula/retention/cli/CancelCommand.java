package com.delula.retention.cli;

import java.util.UUID;

import com.delula.retention.run.Run;
import com.delula.retention.run.engine.RunEngine;
import picocli.CommandLine.Command;

/** Ends a run early. */
@Command(name = "cancel", mixinStandardHelpOptions = true,
		description = "Cancel a run after its current batch. Rows already removed stay removed.")
final class CancelCommand extends SteeringCommand {

	@Override
	boolean ask(RunEngine engine, UUID run) {
		return engine.cancel(run, Runner.caller());
	}

	@Override
	boolean isDoneByItsEnd() {
		return true;
	}

	@Override
	String done(Run now) {
		return "ends after its current batch.";
	}

}
