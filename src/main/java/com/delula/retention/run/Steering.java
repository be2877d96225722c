package com.delula.retention.run;

import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a run while it goes on.
 *
 * @param paused whether it is to wait until it is resumed; null leaves that as it is
 * @param dutyCycle the share of the time that it spends removing, 0.01 to 1; null leaves
 * that as it is
 */
public record Steering(@Nullable Boolean paused, @Nullable Double dutyCycle) {

	/** The slowest pace. */
	public static final double SLOWEST = 0.01;

	public Steering {
		if (paused == null && dutyCycle == null) {
			throw new IllegalArgumentException("Neither paused nor dutyCycle");
		}
		if (dutyCycle != null && !(dutyCycle >= SLOWEST && dutyCycle <= 1)) {
			throw new IllegalArgumentException("No duty cycle: " + dutyCycle);
		}
	}

	/** What changes, in words such as {@code paused, duty cycle 0.2}. */
	@Override
	public String toString() {
		String pause = (this.paused == null) ? "" : this.paused ? "paused" : "resumed";
		String pace = (this.dutyCycle == null) ? "" : "duty cycle " + this.dutyCycle;
		return pause + (pause.isEmpty() || pace.isEmpty() ? "" : ", ") + pace;
	}

}
