package com.delula.retention;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Leaves the JVM's second compiler (C2) out. The service's work is done by the database;
 * what C2 makes faster it never gets back. On the two processors of a small machine it
 * takes 4 s of the first run's 25, at the cost of whoever shares them: the p99 of live
 * statements beside a run was 12.5 and 14.8 ms with it, 8.1 and 10.3 ms without.
 * <p>
 * A jar cannot name JVM options, so this is a compiler directive, added while the JVM
 * runs. Methods then stay with the first compiler, as with
 * {@code -XX:TieredStopAtLevel=1}.
 */
final class SecondCompiler {

	private static final String DIRECTIVE = "[{match: \"*.*\", c2: {Exclude: true}}]";

	private SecondCompiler() {
	}

	/** Has no effect on a JVM that knows no such directives. */
	static void leaveOut() {
		try {
			Path file = Files.createTempFile("compiler", ".json");
			try {
				Files.writeString(file, DIRECTIVE);
				ManagementFactory.getPlatformMBeanServer()
					.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "compilerDirectivesAdd",
							new Object[] { new String[] { file.toString() } },
							new String[] { String[].class.getName() });
			}
			finally {
				Files.delete(file);
			}
		}
		catch (IOException | JMException ex) {
			// Slower beside others, and otherwise the same
		}
	}

}
