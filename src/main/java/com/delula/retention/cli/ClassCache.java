package com.delula.retention.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import org.springframework.util.FileSystemUtils;

/**
 * The jar's classes as the JVM keeps them (class-data sharing), in the user's cache
 * directory. A JVM maps such an archive instead of reading, checking and linking some
 * 6,000 classes, but only for a jar that holds no other jars, and only if it is told at
 * its start. So a short command is handed to a JVM that is: {@code status} takes 1.5 s of
 * processor time there instead of 6. The archive belongs to one jar and one JVM;
 * {@link ClassCacheBuild} makes it after the first command.
 * <p>
 * Without a directory that only the user may write to, the command goes on as it is.
 */
final class ClassCache {

	/**
	 * Those that only read, or write down a wish: one that is killed or left over harms
	 * nothing.
	 */
	static final Set<String> COMMANDS = Set.of("status", "runs", "cancel", "pace", "pause", "resume");

	static final String ARCHIVE = "classes.jsa";

	static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

	/** A short program is over before the better compiler would pay. */
	private static final List<String> OPTIONS = List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xlog:disable",
			"-Xlog:all=error:stderr");

	private final Program program;

	private final Path directory;

	ClassCache(Program program, Path base) throws IOException {
		this.program = program;
		this.directory = base.resolve(program.identity());
	}

	/**
	 * The cache for this process; none if its command does not profit from one, or was
	 * started in a way that another JVM may not understand as this one did.
	 */
	static Optional<ClassCache> ofProcess(String... args) {
		List<String> command = Cli.command(args);
		boolean nested = ClassCache.class.getClassLoader() != ClassLoader.getSystemClassLoader();
		if (!nested || command.isEmpty() || !COMMANDS.contains(command.get(0))) {
			return Optional.empty();
		}
		return Program.of(ProcessHandle.current().info(), System.getenv(), List.of(args)).flatMap(ClassCache::of);
	}

	private static Optional<ClassCache> of(Program program) {
		String caches = System.getenv("XDG_CACHE_HOME");
		Path parent = (caches != null && !caches.isEmpty()) ? Path.of(caches)
				: Path.of(System.getProperty("user.home"), ".cache");
		try {
			return Optional.of(new ClassCache(program, parent.resolve("retention")));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	Program program() {
		return this.program;
	}

	Path directory() {
		return this.directory;
	}

	/** The program without jars inside it. */
	Path jar() {
		return this.directory.resolve("retention.jar");
	}

	Path archive() {
		return this.directory.resolve(ARCHIVE);
	}

	/** Where the archive's checksum stands: a JVM crashes with one that is damaged. */
	Path checksum() {
		return this.directory.resolve("classes.crc32");
	}

	/**
	 * Whether a command can be handed on: the cache is nobody else's, and whole. One that
	 * is damaged is removed, so that it is made again.
	 */
	boolean isReady() {
		try {
			if (!Files.isRegularFile(archive()) || !Files.getPosixFilePermissions(this.directory).equals(PRIVATE)
					|| !Files.getOwner(this.directory).getName().equals(System.getProperty("user.name"))) {
				return false;
			}
			if (Files.exists(checksum()) && Files.readString(checksum()).equals(checksum(archive()))) {
				return true;
			}
			FileSystemUtils.deleteRecursively(this.directory);
			return false;
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

	/** 30 MB take 20 ms. */
	static String checksum(Path file) throws IOException {
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
		Process process = new ProcessBuilder(command("-XX:SharedArchiveFile=" + archive(), this.program.args()))
			.inheritIO()
			.start();
		// For a signal to this process alone; one from the terminal reaches both
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "cli-stop"));
		return process.waitFor();
	}

	private static void stop(Process process) {
		process.destroy();
		try {
			if (process.waitFor(Cli.LAST_WORDS_SECONDS, TimeUnit.SECONDS)) {
				Runtime.getRuntime().halt(process.exitValue());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** What starts the cached program with the user's own options. */
	List<String> command(String option, List<String> args) {
		return Stream
			.of(Stream.of(this.program.java().toString()), OPTIONS.stream(), this.program.options().stream(),
					Stream.of(option, "-jar", jar().toString()), args.stream())
			.flatMap((part) -> part)
			.toList();
	}

	/**
	 * How this process was started.
	 *
	 * @param java the JVM's launcher
	 * @param jar the jar that holds the program and its libraries
	 * @param options the options before {@code -jar}: system properties only
	 * @param args the arguments
	 */
	record Program(Path java, Path jar, List<String> options, List<String> args) {

		static Optional<Program> of(ProcessHandle.Info process, Map<String, String> environment, List<String> args) {
			List<String> given = List.of(process.arguments().orElse(new String[0]));
			int jar = given.indexOf("-jar") + 1;
			boolean understood = process.command().isPresent() && jar > 0
					&& given.subList(Math.min(jar + 1, given.size()), given.size()).equals(args)
					&& given.subList(0, jar - 1).stream().allMatch((option) -> option.startsWith("-D"))
					&& Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS").noneMatch(environment::containsKey);
			return understood
					? Optional.of(new Program(Path.of(process.command().get()),
							Path.of(given.get(jar)).toAbsolutePath(), List.copyOf(given.subList(0, jar - 1)), args))
					: Optional.empty();
		}

		/**
		 * Another one for each jar and each JVM, as an update may put one for the other.
		 */
		String identity() throws IOException {
			String facts = String.join("\n", this.java.toString(), Runtime.version().toString(), this.jar.toString(),
					Long.toString(Files.size(this.jar)), Files.getLastModifiedTime(this.jar).toString());
			return UUID.nameUUIDFromBytes(facts.getBytes(StandardCharsets.UTF_8)).toString();
		}

		/** The command that starts this very program. */
		List<String> command(List<String> more) {
			List<String> command = new ArrayList<>(List.of(this.java.toString()));
			command.addAll(this.options);
			command.addAll(more);
			command.addAll(List.of("-jar", this.jar.toString()));
			return command;
		}

	}

}
