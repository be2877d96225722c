package com.delula.retention.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What the command line asks for.
 *
 * @param rounds how often each side is measured; medians are over these
 * @param only names of the groups to measure; all if empty
 * @param large whether ten times the rows and ten million are measured too, which takes
 * long
 * @param embedded whether to use the embedded server even if one is installed
 * @param write whether the result replaces the kept one although groups are left out
 * @param data where the server of the last time lives, or that of the next one will; a
 * directory for this time only if null
 * @param before the jar of before, to be measured in turn with the built one; null
 * without
 */
record Options(int rounds, Set<String> only, boolean large, boolean embedded, boolean write, @Nullable Path data,
		@Nullable Path before) {

	/** Groups that take many minutes. */
	private static final Set<String> LARGE = Set.of("large", "ten-million");

	static Options of(String... arguments) {
		int rounds = 5;
		Path data = null;
		Path before = null;
		Set<String> only = new TreeSet<>();
		Set<String> switches = new TreeSet<>();
		Iterator<String> rest = Arrays.asList(arguments).iterator();
		while (rest.hasNext()) {
			String argument = rest.next();
			switch (argument) {
				case "--rounds" -> rounds = Integer.parseInt(rest.next());
				case "--only" -> only.addAll(Arrays.asList(rest.next().split(",")));
				case "--data" -> data = Path.of(rest.next()).toAbsolutePath();
				case "--before" -> before = Path.of(rest.next()).toAbsolutePath();
				case "--large", "--embedded", "--write" -> switches.add(argument);
				default -> throw new IllegalArgumentException("Unknown option: " + argument);
			}
		}
		return new Options(rounds, only, switches.contains("--large"), switches.contains("--embedded"),
				switches.contains("--write"), data, before);
	}

	boolean wants(String group) {
		return this.only.contains(group)
				|| (this.only.isEmpty() && !group.equals("before") && (this.large || !LARGE.contains(group)));
	}

	/** Whether the result stands for the whole of the contract's section. */
	boolean keepsResult() {
		return this.write || (this.only.isEmpty() && this.large);
	}

}
