package com.delula.retention.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/**
 * The jar's classes as the JVM keeps them (class-data sharing), in the user's cache
 * directory. A JVM maps such an archive instead of reading, checking and linking some
 * 6,000 classes, but only for a jar that holds no other jars, and only if it is told at
 * its start. So a short command is handed to a JVM that is: {@code status} takes 1.6 s of
 * processor time there instead of 6. The archive belongs to one jar and one JVM; it is
 * made after the first command.
 * <p>
 * Without a directory that only the user may write to, the command goes on as it is.
 */
public final class ClassCache {

	/**
	 * Those that only read, or write down a wish: one that is killed or left over harms
	 * nothing.
	 */
	public static final Set<String> COMMANDS = Set.of("status", "runs", "cancel", "pace", "pause", "resume");

	/** How long a stopped run's result may take to be written after the run has ended. */
	public static final long LAST_WORDS_SECONDS = 5;

	/** The property that is set in the process that makes a cache. */
	public static final String BUILD = "class-cache.build";

	/** The archive's name in the {@link #directory()}. */
	public static final String ARCHIVE = "classes.jsa";

	/** The permissions of the {@link #directory()}. */
	public static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

	/** A short program is over before the better compiler or collector would pay. */
	private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto",
			"-Xlog:disable", "-Xlog:all=error:stderr");

	private final Program program;

	private final Path directory;

	ClassCache(Program program, Path base) throws IOException {
		this.program = program;
		this.directory = base.resolve(program.identity());
	}

	/**
	 * The cache for a process of the plain jar; empty if its command does not profit from
	 * one, or was started in a way that another JVM may not understand as this one did.
	 */
	public static Optional<ClassCache> ofProcess(String... args) {
		List<String> command = Arguments.command(args);
		if (command.isEmpty() || !COMMANDS.contains(command.get(0))) {
			return Optional.empty();
		}
		Optional<Program> program = Program.of(ProcessHandle.current().info(), System.getenv(), List.of(args));
		if (program.isEmpty()) {
			return Optional.empty();
		}
		String caches = System.getenv("XDG_CACHE_HOME");
		Path parent = (caches != null && !caches.isEmpty()) ? Path.of(caches)
				: Path.of(System.getProperty("user.home"), ".cache");
		try {
			return Optional.of(new ClassCache(program.get(), parent.resolve("retention")));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	/** Whether this process is there to make a cache. */
	public static boolean isBuilding() {
		return System.getProperty(BUILD) != null;
	}

	/** The program whose classes it holds. */
	public Program program() {
		return this.program;
	}

	/** Where it is. */
	public Path directory() {
		return this.directory;
	}

	/** The program without jars inside it. */
	public Path jar() {
		return this.directory.resolve("retention.jar");
	}

	/** What the JVM maps. */
	public Path archive() {
		return this.directory.resolve(ARCHIVE);
	}

	/** Where the archive's checksum stands: a JVM crashes with one that is damaged. */
	public Path checksum() {
		return this.directory.resolve("classes.crc32");
	}

	/** Whether a command can be handed on: the cache is nobody else's, and whole. */
	boolean isReady() {
		try {
			return Files.isRegularFile(archive()) && isOwn() && isWhole();
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

	/**
	 * Whether it is one that is nobody else's and has been damaged.
	 * @throws IOException if that cannot be told
	 */
	public boolean isDamaged() throws IOException {
		return Files.isRegularFile(archive()) && isOwn() && !isWhole();
	}

	private boolean isOwn() throws IOException {
		return Files.getPosixFilePermissions(this.directory).equals(PRIVATE)
				&& Files.getOwner(this.directory).getName().equals(System.getProperty("user.name"));
	}

	private boolean isWhole() throws IOException {
		return Files.exists(checksum()) && Files.readString(checksum()).equals(checksum(archive()));
	}

	/**
	 * A file's checksum; 30 MB take 20 ms.
	 * @throws IOException if it cannot be read
	 */
	public static String checksum(Path file) throws IOException {
		CRC32 sum = new CRC32();
		try (FileChannel channel = FileChannel.open(file)) {
			sum.update(channel.map(MapMode.READ_ONLY, 0, channel.size()));
		}
		return Long.toHexString(sum.getValue());
	}

	/**
	 * Has a JVM with the cache do the command.
	 * @return its exit code
	 * @throws IOException if it cannot be started; nothing has been done then
	 */
	int run() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(
				command("-XX:SharedArchiveFile=".concat(archive().toString()), this.program.args()))
			.inheritIO()
			.start();
		// For a signal to this process alone; one from the terminal reaches both
		Runtime.getRuntime().addShutdownHook(new Stop(process));
		return process.waitFor();
	}

	/** What starts the cached program with the user's own options. */
	public List<String> command(String option, List<String> args) {
		List<String> command = new ArrayList<>(List.of(this.program.java().toString()));
		command.addAll(OPTIONS);
		command.addAll(this.program.options());
		command.addAll(List.of(option, "-jar", jar().toString()));
		command.addAll(args);
		return command;
	}

	/** Passes a signal on, and takes the exit code over. */
	private static final class Stop extends Thread {

		private final Process process;

		Stop(Process process) {
			super("cli-stop");
			this.process = process;
		}

		@Override
		public void run() {
			this.process.destroy();
			try {
				if (this.process.waitFor(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
					Runtime.getRuntime().halt(this.process.exitValue());
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
