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
			"-XX:ArchiveClassesAtExit", "-XX:AOT", "-Xshare", "-agent", "-javaagent");

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
		List<String> options = List.of(arguments).subList(0, at);
		boolean decided = options.stream().anyMatch((option) -> DECIDED.stream().anyMatch(option::startsWith));
		return decided ? Optional.empty() : Optional.of(new PackagedCall(jar.toAbsolutePath(), options));
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
			file.seek(file.length() - END_LENGTH + 12);
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
