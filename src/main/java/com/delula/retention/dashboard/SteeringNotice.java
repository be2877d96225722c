package com.delula.retention.dashboard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * What a run's page says after its run was steered. Its name is in the address, because
 * another instance may answer it.
 */
enum SteeringNotice {

	PAUSED("Pausing: the run waits after its current batch. Its time limit stands still meanwhile."),

	RESUMED("The run is resumed."),

	PACE("The pace has changed; it takes effect with the next batch."),

	ENDED("The run had already ended.");

	private final String text;

	SteeringNotice(String text) {
		this.text = text;
	}

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The text for what stands in an address; empty if that is none. */
	static Optional<String> text(@Nullable String label) {
		return Arrays.stream(values())
			.filter((notice) -> notice.label().equals(label))
			.map((notice) -> notice.text)
			.findFirst();
	}

}
