package com.delula.retention.request;

import java.util.List;

import com.delula.retention.option.Option;
import com.delula.retention.option.OptionException;
import com.delula.retention.option.OptionSet;
import com.delula.retention.option.OptionType;
import com.delula.retention.option.OptionValues;
import com.delula.retention.option.RawOptions;
import com.delula.retention.run.Steering;

/** Reads what a caller wants of a run while it goes on. */
public final class SteeringOptions {

	/** Whether the run is to wait. */
	public static final Option<Boolean> PAUSED = new Option<>("paused", OptionType.flag());

	/** The share of the time that the run spends removing. */
	public static final Option<Double> DUTY_CYCLE = new Option<>("dutyCycle", OptionType.decimal(Steering.SLOWEST, 1));

	private static final OptionSet OPTIONS = new OptionSet(List.of(PAUSED, DUTY_CYCLE));

	private SteeringOptions() {
	}

	/**
	 * Reads what was sent.
	 * @throws OptionException if that is nothing, or cannot be understood
	 */
	public static Steering read(RawOptions sent) {
		OptionValues values = OPTIONS.parse(sent);
		Boolean paused = values.get(PAUSED);
		Double dutyCycle = values.get(DUTY_CYCLE);
		if (paused == null && dutyCycle == null) {
			throw OptionException.missing(OPTIONS.names());
		}
		return new Steering(paused, dutyCycle);
	}

}
