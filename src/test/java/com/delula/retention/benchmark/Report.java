package com.delula.retention.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table of results. */
final class Report {

	private static final Path KEPT = Path.of("benchmark", "RESULTS.md");

	private final List<String> rows = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	/** A row whose ratio has to reach a bound. */
	void atLeast(String what, String service, String rival, double ratio, double required) {
		add(what, service, rival, ratio, "≥ " + plain(required), ratio >= required);
	}

	/** A row whose ratio may not pass a bound. */
	void atMost(String what, String service, String rival, double ratio, double required) {
		add(what, service, rival, ratio, "≤ " + plain(required), ratio <= required);
	}

	private void add(String what, String service, String rival, double ratio, String required, boolean holds) {
		row(what, service, rival, String.format(Locale.ROOT, "%.2f", ratio), required, holds ? "yes" : "**no**");
	}

	/** A row in words. */
	void row(String what, String service, String rival, String ratio, String required, String holds) {
		String row = "| " + String.join(" | ", what, service, rival, ratio, required, holds) + " |";
		this.rows.add(row);
		say(row);
	}

	/** A remark below the table. */
	void note(String note) {
		this.notes.add("- " + note);
		say("  " + note);
	}

	/** Tells the person who waits. */
	void say(String line) {
		System.out.println(line);
	}

	private static String plain(double value) {
		return (value == Math.rint(value)) ? String.valueOf((long) value) : String.valueOf(value);
	}

	String text(List<String> machine) {
		List<String> lines = new ArrayList<>(List.of("# Results", "",
				"Written by `benchmark/run`; how to read it is in [README.md](README.md).", ""));
		machine.forEach((line) -> lines.add("- " + line));
		lines.addAll(
				List.of("", "| row | this service | rival | ratio | required | holds |", "|---|---|---|---|---|---|"));
		lines.addAll(this.rows);
		lines.add("");
		lines.addAll(this.notes);
		return String.join("\n", lines) + "\n";
	}

	void write(List<String> machine) throws IOException {
		Files.writeString(KEPT, text(machine));
	}

	static String date() {
		return LocalDate.now(ZoneOffset.UTC).toString();
	}

}
