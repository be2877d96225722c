package com.delula.retention.faults;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import com.delula.retention.RetentionApplication;
import com.delula.retention.support.TestDatabase;

/**
 * The command line in a process of its own, which starts in a third of the processor time
 * because its classes are mapped; for tests that kill a thousand.
 */
final class Victim {

	private static final Path CLASSES = Path.of("target", "classes");

	private static final Path JAR = Path.of("target", "victim.jar");

	private static final Path OUTPUT = Path.of("target", "victim.log");

	private static final Path ARCHIVE = Path.of("target", "victim.jsa");

	private Victim() {
	}

	/** Makes its jar, since only classes from jars can be mapped, and the archive. */
	static void prepare(TestDatabase database) throws Exception {
		Files.deleteIfExists(ARCHIVE);
		Files.deleteIfExists(OUTPUT);
		try (OutputStream file = Files.newOutputStream(JAR);
				JarOutputStream jar = new JarOutputStream(file);
				Stream<Path> classes = Files.walk(CLASSES)) {
			// With its directories, else nothing in them would be found by a scan
			for (Path entry : classes.toList()) {
				String name = CLASSES.relativize(entry).toString();
				jar.putNextEntry(new JarEntry(Files.isDirectory(entry) ? name + "/" : name));
				if (Files.isRegularFile(entry)) {
					Files.copy(entry, jar);
				}
			}
		}
		if (start(database, "-XX:ArchiveClassesAtExit=" + ARCHIVE, "cleanup").waitFor() != 0) {
			throw new IllegalStateException("The command fails; see " + OUTPUT);
		}
	}

	/** Begins a cleanup in batches of 50 rows, with pauses. */
	static Process cleanUp(TestDatabase database) throws IOException {
		return start(database, "-XX:SharedArchiveFile=" + ARCHIVE, "--retention.run.duty-cycle=0.2",
				"--retention.run.batch.max-rows=50", "--retention.run.lease=5s", "cleanup");
	}

	private static Process start(TestDatabase database, String option, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-XX:+UseSerialGC", "-Xshare:auto", "-Xlog:disable", option, "-cp", classPath(),
						RetentionApplication.class.getName()));
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.appendTo(OUTPUT.toFile()));
		builder.environment().put("DATABASE_URL", database.databaseUrl());
		return builder.start();
	}

	private static String classPath() {
		List<String> entries = new ArrayList<>(List.of(JAR.toString()));
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			if (entry.endsWith(".jar")) {
				entries.add(entry);
			}
		}
		return String.join(File.pathSeparator, entries);
	}

}
