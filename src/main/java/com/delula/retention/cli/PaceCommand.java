package com.delula.retention.cli;

import java.util.UUID;

import com.delula.retention.option.OptionException;
import com.delula.retention.request.SteeringOptions;
import com.delula.retention.run.Run;
import com.delula.retention.run.Steering;
import com.delula.retention.run.engine.RunEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Changes the pace of a run. */
@Command(name = "pace", mixinStandardHelpOptions = true, description = "Make a run faster or slower.")
final class PaceCommand extends SteeringCommand {

	@Parameters(index = "1", paramLabel = "DUTY_CYCLE",
			description = "The share of time the run spends deleting, 0.01 to 1; 1 is full speed.")
	private String dutyCycle = "";

	@Override
	void check(CommandSpec spec) {
		try {
			read();
		}
		catch (OptionException ex) {
			throw new ParameterException(spec.commandLine(),
					"Invalid DUTY_CYCLE: must be " + SteeringOptions.DUTY_CYCLE.type().allowed(), ex);
		}
	}

	private double read() {
		return SteeringOptions.DUTY_CYCLE.read(this.dutyCycle);
	}

	@Override
	boolean ask(RunEngine engine, UUID run) {
		return engine.steer(run, new Steering(null, read()), Runner.caller());
	}

	@Override
	String done(Run now) {
		return (now.paused() ? "is paused; it will continue" : "continues") + " with a duty cycle of " + this.dutyCycle
				+ ".";
	}

}
