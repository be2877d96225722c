package com.delula.retention.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a process and its database hold on to, looked at again and again. */
final class SoakSamples {

	/**
	 * How much a value may grow between the second and the last third: a share, and in
	 * its own unit.
	 */
	private static final double SHARE = 1.2;

	private static final Map<String, Long> SLACK = Map.of("memory, MB", 30L, "threads", 8L, "open files", 16L,
			"connections", 6L);

	private final Map<String, List<Long>> values = new LinkedHashMap<>();

	/** Looks at a process; one that is gone is passed over. */
	void look(long pid, long connections) {
		Path process = Path.of("/proc", Long.toString(pid));
		try (var files = Files.list(process.resolve("fd"))) {
			long open = files.count();
			String status = Files.readString(process.resolve("status"));
			add("memory, MB", field(status, "VmRSS") / 1024);
			add("threads", field(status, "Threads"));
			add("open files", open);
			add("connections", connections);
		}
		catch (IOException ex) {
			// gone
		}
	}

	private void add(String what, long value) {
		this.values.computeIfAbsent(what, (name) -> new ArrayList<>()).add(value);
	}

	private static long field(String status, String name) {
		return Long.parseLong(status.replaceFirst("(?s).*\\b" + name + ":\\s*(\\d+).*", "$1"));
	}

	/**
	 * A line of a table for each value: the medians of the three thirds, and the most.
	 */
	List<String> lines() {
		List<String> lines = new ArrayList<>();
		this.values.forEach((what, all) -> lines.add("| %s | %d | %d | %d | %d |".formatted(what, third(all, 0),
				third(all, 1), third(all, 2), all.stream().mapToLong(Long::longValue).max().orElse(0))));
		return lines;
	}

	/** How many of the values still grew in the last third. */
	long growing() {
		return this.values.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().size() >= 9)
			.filter((entry) -> third(entry.getValue(), 2) > SHARE * third(entry.getValue(), 1)
					&& third(entry.getValue(), 2) > third(entry.getValue(), 1) + SLACK.get(entry.getKey()))
			.count();
	}

	private static long third(List<Long> all, int third) {
		List<Long> part = all.subList(third * all.size() / 3, Math.max(1, (third + 1) * all.size() / 3))
			.stream()
			.sorted()
			.toList();
		return part.isEmpty() ? 0 : part.get(part.size() / 2);
	}

}
