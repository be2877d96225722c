package com.delula.retention.cli;

import java.math.BigDecimal;
import java.util.UUID;
import java.util.regex.Pattern;

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

	private static final Pattern PERCENTAGE = Pattern.compile("(0|[1-9][0-9]{0,2})(\\.[0-9]{1,6})?%");

	@Parameters(index = "1", paramLabel = "DUTY_CYCLE",
			description = "The share of time the run spends deleting, 0.01 to 1, or 1%% to 100%%; 1 is full speed.")
	private String dutyCycle = "";

	@Override
	void check(CommandSpec spec) {
		try {
			read();
		}
		catch (OptionException ex) {
			throw new ParameterException(spec.commandLine(),
					"Invalid DUTY_CYCLE: must be " + SteeringOptions.DUTY_CYCLE.type().allowed() + ", or a percentage",
					ex);
		}
	}

	/** A percentage as the share that it is; what is none stays as it is. */
	private static String share(String given) {
		return PERCENTAGE.matcher(given).matches()
				? new BigDecimal(given.substring(0, given.length() - 1)).movePointLeft(2).toPlainString() : given;
	}

	private double read() {
		return SteeringOptions.DUTY_CYCLE.read(share(this.dutyCycle));
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
