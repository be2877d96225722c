package com.delula.retention.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How a process was started.
 *
 * @param java the JVM's launcher
 * @param jar the jar that holds the program and its libraries
 * @param options the options before {@code -jar}: system properties only
 * @param args the arguments
 */
public record Program(Path java, Path jar, List<String> options, List<String> args) {

	/**
	 * How a process was started; empty if it was in a way that another JVM may not
	 * understand as this one did.
	 */
	static Optional<Program> of(ProcessHandle.Info process, Map<String, String> environment, List<String> args) {
		List<String> given = List.of(process.arguments().orElse(new String[0]));
		int jar = given.indexOf("-jar") + 1;
		if (process.command().isEmpty() || jar == 0 || environment.containsKey("JAVA_TOOL_OPTIONS")
				|| environment.containsKey("JDK_JAVA_OPTIONS")
				|| !given.subList(Math.min(jar + 1, given.size()), given.size()).equals(args)) {
			return Optional.empty();
		}
		List<String> options = given.subList(0, jar - 1);
		for (String option : options) {
			if (!option.startsWith("-D")) {
				return Optional.empty();
			}
		}
		return Optional.of(new Program(Path.of(process.command().get()), Path.of(given.get(jar)).toAbsolutePath(),
				List.copyOf(options), args));
	}

	/**
	 * Another one for each jar and each JVM, as an update may put one for the other.
	 * @throws IOException if the jar cannot be looked at
	 */
	String identity() throws IOException {
		String facts = String.join("\n", this.java.toString(), Runtime.version().toString(), this.jar.toString(),
				Long.toString(Files.size(this.jar)), Files.getLastModifiedTime(this.jar).toString());
		return UUID.nameUUIDFromBytes(facts.getBytes(StandardCharsets.UTF_8)).toString();
	}

	/** The command that starts this very program, with more options of the JVM. */
	public List<String> command(String... more) {
		List<String> command = new ArrayList<>(List.of(this.java.toString()));
		command.addAll(this.options);
		command.addAll(Arrays.asList(more));
		command.addAll(List.of("-jar", this.jar.toString()));
		return command;
	}

}
