package com.delula.retention.dashboard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

import com.delula.retention.run.Run;
import org.jspecify.annotations.Nullable;

/**
 * What a run's page says after its run was steered, until what it announces has happened
 * or no longer holds. Its name is in the address, because another instance may answer it.
 */
enum SteeringNotice {

	PAUSED("Pausing: the run waits after its current batch. Its time limit stands still meanwhile.",
			(run) -> !run.ended() && run.paused() && run.waitingFor() == null),

	RESUMED("The run is resumed.", (run) -> !run.ended() && !run.paused()),

	PACE("The pace has changed; it takes effect with the next batch.", (run) -> !run.ended()),

	ENDED("The run had already ended.", Run::ended);

	private final String text;

	private final Predicate<Run> holds;

	SteeringNotice(String text, Predicate<Run> holds) {
		this.text = text;
		this.holds = holds;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The text for what stands in an address; empty if that is none, or says nothing of
	 * the run any more.
	 */
	static Optional<String> text(@Nullable String label, Run run) {
		return Arrays.stream(values())
			.filter((notice) -> notice.label().equals(label))
			.filter((notice) -> notice.holds.test(run))
			.map((notice) -> notice.text)
			.findFirst();
	}

}
