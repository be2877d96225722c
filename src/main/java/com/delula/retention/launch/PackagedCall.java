package com.delula.retention.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * How this process was started: {@code java OPTIONS -jar JAR}.
 *
 * @param jar the jar
 * @param options the options of the JVM
 */
record PackagedCall(Path jar, List<String> options) {

	/** Whoever gives one of these has decided how the JVM starts. */
	private static final List<String> DECIDED = List.of("-XX:TieredStopAtLevel", "-XX:SharedArchiveFile",
			"-XX:ArchiveClassesAtExit", "-XX:AOT", "-XX:+Use", "-Xshare", "-agent", "-javaagent");

	/** The same, in variables that each JVM reads. */
	private static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

	private static final int END_SIGNATURE = 0x504b0506;

	/** The end of a jar: the record that tells where its directory is. */
	private static final int END_LENGTH = 22;

	/** The call; empty if it is another, or cannot be told. */
	static Optional<PackagedCall> ofProcess() {
		Path jar = Path.of(System.getProperty("java.class.path", ""));
		String[] arguments = ProcessHandle.current().info().arguments().orElse(new String[0]);
		int at = Arrays.asList(arguments).indexOf("-jar");
		if (at < 0 || !isPacked() || !Files.isRegularFile(jar)) {
			return Optional.empty();
		}
		List<String> options = Arrays.stream(arguments, 0, at)
			.filter((option) -> !option.startsWith("-D" + ClassCache.BUILD))
			.toList();
		return isDecided(options) ? Optional.empty() : Optional.of(new PackagedCall(jar.toAbsolutePath(), options));
	}

	private static boolean isDecided(List<String> options) {
		return options.stream().anyMatch((option) -> DECIDED.stream().anyMatch(option::startsWith))
				|| VARIABLES.stream().map(System::getenv).anyMatch((set) -> set != null && set.contains("-"));
	}

	/** Whether the jar has its libraries inside, which takes a loader of its own. */
	private static boolean isPacked() {
		return PackagedCall.class.getClassLoader() != ClassLoader.getSystemClassLoader();
	}

	/**
	 * A name that changes with the jar's content, the JVM and its options. Times say
	 * nothing: those of a reproducible build are always the same.
	 */
	String fingerprint() throws IOException {
		String jvm = System.getProperty("java.home") + System.getProperty("java.vm.version") + this.options + this.jar;
		return Long.toHexString(directoryChecksum()) + "-" + Long.toHexString(Files.size(this.jar)) + "-"
				+ Integer.toHexString(jvm.hashCode());
	}

	/** Of the jar's directory, which holds the checksums of all its entries. */
	private long directoryChecksum() throws IOException {
		try (RandomAccessFile file = new RandomAccessFile(this.jar.toFile(), "r")) {
			file.seek(file.length() - END_LENGTH);
			if (file.readInt() != END_SIGNATURE) {
				throw new IOException("The jar does not end as jars do");
			}
			file.skipBytes(8);
			int size = Integer.reverseBytes(file.readInt());
			file.seek(Integer.toUnsignedLong(Integer.reverseBytes(file.readInt())));
			byte[] directory = new byte[size];
			file.readFully(directory);
			CRC32 checksum = new CRC32();
			checksum.update(directory);
			return checksum.getValue();
		}
	}

}
