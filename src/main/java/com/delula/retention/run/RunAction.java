package com.delula.retention.run;

import java.time.Instant;
import java.util.Map;

import com.delula.retention.rule.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * What somebody did to a run. Kept with the run.
 *
 * @param action what was done, such as {@link #CANCELLED}
 * @param actor who did it
 * @param door the door through which it was done, as {@link Trigger#label()} has it
 * @param at when, by the database's clock
 * @param details what belongs to it, by name; empty if nothing does
 */
public record RunAction(String action, String actor, String door, Instant at, Map<String, String> details) {

	/** The run was started. */
	public static final String STARTED = "started";

	/** The run was started to remove what a run that nobody watches was refused. */
	public static final String APPROVED = "approved";

	/** The run was paused. */
	public static final String PAUSED = "paused";

	/** A paused run was resumed. */
	public static final String RESUMED = "resumed";

	/** The run was made faster or slower. */
	public static final String PACED = "paced";

	/** The pace that it was given. */
	public static final String DUTY_CYCLE = "dutyCycle";

	/** The pace that it had before. */
	public static final String DUTY_CYCLE_BEFORE = "dutyCycleBefore";

	/** The rows that it had removed or put back when its pace was changed. */
	public static final String ROWS_DONE = "rowsDone";

	/** How long it had been at work then, waits not counted, in seconds. */
	public static final String SECONDS_WORKED = "secondsWorked";

	/** The run was asked to end. */
	public static final String CANCELLED = "cancelled";

	/** Rows that the run removed were put back, by a run of its own. */
	public static final String RESTORED = "restored";

	public RunAction {
		details = Map.copyOf(details);
	}

	/** The share of the time that it was given for removing; null if it was not paced. */
	public @Nullable Double pace() {
		String dutyCycle = this.details.get(DUTY_CYCLE);
		return (dutyCycle != null) ? Double.valueOf(dutyCycle) : null;
	}

	/** What was done, for a person: "cancelled", "paced to 25%". */
	public String what() {
		Double pace = pace();
		return this.action + ((pace != null) ? " to " + Quantity.percent(pace) : "");
	}

	/** Who did it, for a person: "admin (api)". */
	public String by() {
		return this.actor + " (" + this.door + ")";
	}

}
