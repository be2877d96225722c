package com.delula.retention.cli;

import java.util.UUID;

import com.delula.retention.run.Run;
import com.delula.retention.run.Steering;
import com.delula.retention.run.engine.RunEngine;
import picocli.CommandLine.Command;

/** Pauses a run. */
@Command(name = "pause", mixinStandardHelpOptions = true,
		description = "Pause a run after its current batch, until it is resumed.")
final class PauseCommand extends SteeringCommand {

	@Override
	boolean ask(RunEngine engine, UUID run) {
		return engine.steer(run, new Steering(true, null), Runner.caller());
	}

	@Override
	String done(Run now) {
		return "pauses after its current batch.";
	}

}
