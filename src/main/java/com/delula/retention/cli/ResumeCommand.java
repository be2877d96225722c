package com.delula.retention.cli;

import java.util.UUID;

import com.delula.retention.run.Run;
import com.delula.retention.run.Steering;
import com.delula.retention.run.engine.RunEngine;
import picocli.CommandLine.Command;

/** Resumes a run. */
@Command(name = "resume", mixinStandardHelpOptions = true, description = "Resume a paused run.")
final class ResumeCommand extends SteeringCommand {

	@Override
	boolean ask(RunEngine engine, UUID run) {
		return engine.steer(run, new Steering(false, null), Runner.caller());
	}

	@Override
	String done(Run now) {
		return "continues.";
	}

}
