package com.delula.retention.cli;

import java.util.UUID;

import com.delula.retention.run.Steering;
import com.delula.retention.run.engine.RunEngine;
import picocli.CommandLine.Command;

/** Pauses a run. */
@Command(name = "pause", mixinStandardHelpOptions = true,
		description = "Have a run wait after its batch until it is resumed.")
final class PauseCommand extends SteeringCommand {

	@Override
	boolean ask(RunEngine engine, UUID run) {
		return engine.steer(run, new Steering(true, null), Runner.caller());
	}

	@Override
	String done() {
		return "is paused; it waits after its current batch.";
	}

}
