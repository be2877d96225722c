package com.delula.retention.dashboard;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What a reader can have done. */
enum Action {

	CLEANUP("Clean up the backlog",
			"Removes old failures of the backlog account and keeps the newest of each recipe, as the schedule does."),

	EMERGENCY("Emergency cleanup", "Removes every failure of the backlog account, whatever its age, at full speed."),

	PURGE("Purge finished jobs", "Removes completed and failed jobs and upscale jobs that are old enough.");

	private final String title;

	private final String text;

	Action(String title, String text) {
		this.title = title;
		this.text = text;
	}

	static Action of(String label) {
		return Arrays.stream(values())
			.filter((action) -> action.label().equals(label))
			.findFirst()
			.orElseThrow(NoSuchPageException::action);
	}

	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}

	public String title() {
		return this.title;
	}

	public String text() {
		return this.text;
	}

	/** The options that its form has. */
	Set<String> options() {
		return (this == PURGE) ? Set.of("hours") : Set.of("recipeId", "failureReason");
	}

}
